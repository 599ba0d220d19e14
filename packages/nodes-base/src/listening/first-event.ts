import type { JsonObject, Outputs } from '@millrace/workflow/items';
import type { ListenContext } from '@millrace/workflow/node-api';

/** Where a listening trigger gets its events to, and what it begins from. */
export type EventSink = Pick<ListenContext, 'signal' | 'cursor' | 'emit'>;

/** Listens until one event is there, for trying a trigger out. Ends with the signal. */
export async function firstEvent(
  signal: AbortSignal,
  listen: (sink: EventSink) => Promise<void>,
): Promise<Outputs> {
  const enough = new AbortController();
  const found: Outputs[] = [];
  const emit = async (outputs: Outputs, _cursor?: JsonObject) => {
    found.push(outputs);
    enough.abort();
  };
  await listen({ cursor: null, signal: AbortSignal.any([signal, enough.signal]), emit });
  signal.throwIfAborted();
  return found[0] ?? [[]];
}
