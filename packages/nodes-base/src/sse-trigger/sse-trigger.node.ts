import { NodeError } from '@millrace/workflow/errors';
import type { Item } from '@millrace/workflow/items';
import { defineNode, p, type BaseContext } from '@millrace/workflow/node-api';
import type { HostPort } from '@millrace/workflow/ports';
import { isRecord } from '../http-request/fields.ts';
import { icon } from '../icon.ts';
import { firstEvent, type EventSink } from '../listening/first-event.ts';
import { checkedFetch } from './checked-fetch.ts';
import { EventStreamError } from './sse-trigger.error.ts';

/** Starts the workflow for each event of a stream of server-sent events. */
export const sseTriggerNode = defineNode({
  name: 'n8n-nodes-base.sseTrigger',
  label: 'SSE Trigger',
  description: 'Starts the workflow when a server-sent event arrives',
  version: 1,
  group: ['trigger'],
  icon: icon('M4 18a2 2 0 1 0 4 0 2 2 0 0 0-4 0', 'M4 11a9 9 0 0 1 9 9', 'M4 4a16 16 0 0 1 16 16'),
  inputs: [],
  params: {
    url: p.string({ label: 'URL', required: true, placeholder: 'https://example.com/events' }),
  },
  listen: (context) => listenToStream(context, context),
  execute: (context) => firstEvent(context.signal, (sink) => listenToStream(context, sink)),
});

type StreamContext = Pick<BaseContext, 'node' | 'param'> & { readonly hosts: HostPort };

/**
 * Reads one stream to its end. Resolves when the server ends it after events; the cursor is the id of
 * the last event, which the server is told when it is asked again.
 */
async function listenToStream(context: StreamContext, sink: EventSink): Promise<void> {
  const url = String(context.param('url', 0)).trim();
  if (!URL.canParse(url))
    throw new NodeError(`"${url}" is no web address`, { node: context.node.name });
  const { EventSource } = await import('eventsource');
  const lastId = sink.cursor?.['lastEventId'];
  const more = typeof lastId === 'string' ? { 'last-event-id': lastId } : {};
  const over = Promise.withResolvers<void>();
  const source = new EventSource(url, { fetch: checkedFetch(context.hosts, more) });
  const state = { stored: Promise.resolve(), hasEvents: false };
  source.addEventListener('message', ({ data, lastEventId }) => {
    state.hasEvents = true;
    state.stored = state.stored.then(() =>
      sink.emit([[itemOf(String(data))]], lastEventId ? { lastEventId } : undefined),
    );
    state.stored.catch(over.reject);
  });
  source.addEventListener('error', ({ message, code }) => {
    // The library would come back by itself for ever; the host does, with a pause that grows.
    const isEnd = code === undefined && state.hasEvents;
    if (isEnd) state.stored.then(over.resolve, over.reject);
    else over.reject(new EventStreamError(url, message ?? 'the server ended it', code));
  });
  const stop = () => over.resolve();
  sink.signal.addEventListener('abort', stop, { once: true });
  if (sink.signal.aborted) stop();
  try {
    await over.promise;
  } finally {
    source.close();
    sink.signal.removeEventListener('abort', stop);
  }
}

/** JSON objects are items as they are; other texts go into `data`. */
function itemOf(text: string): Item {
  try {
    const value: unknown = JSON.parse(text);
    return { json: isRecord(value) ? value : { data: value } };
  } catch {
    return { json: { data: text } };
  }
}
