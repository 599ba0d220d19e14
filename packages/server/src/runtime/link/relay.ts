import type { EventBus, RuntimeEvent } from '../runtime.types.ts';
import type { ProcessLink } from './link.types.ts';

/** Who watches says so this often: a message may be lost, a process may be new. */
const WATCH_EVERY_MS = 5000;
/** After so long without a word, nobody watches elsewhere any more. */
const FORGET_MS = 15_000;

/**
 * Makes the buses of all processes one: what is said here is heard there, and nothing echoes. What
 * happens in executions is made and sent only while somebody watches.
 */
export function relay(bus: EventBus, link: ProcessLink): { hear(event: RuntimeEvent): void } {
  const heard = new WeakSet<RuntimeEvent>();
  const passing: { stop?: (() => void) | undefined; forgetting?: NodeJS.Timeout } = {};

  const send = (event: RuntimeEvent) => {
    if (!heard.has(event)) link.publish(event);
  };
  function sendAll(): void {
    clearTimeout(passing.forgetting);
    passing.forgetting = setTimeout(sendLess, FORGET_MS).unref();
    passing.stop ??= bus.subscribe(send);
  }
  function sendLess(): void {
    passing.stop?.();
    passing.stop = undefined;
  }
  /** Others need it always: triggers, and pauses that calls were kept for. */
  function sendNeeded(event: RuntimeEvent): void {
    const isNeeded = event.type !== 'execution-finished' || event.status === 'waiting';
    if (isNeeded && !passing.stop) send(event);
  }
  function tellWatched(): void {
    if (bus.listeners > (passing.stop ? 1 : 0)) link.watch();
  }

  bus.subscribe(sendNeeded, ['workflow-changed', 'triggers-changed', 'execution-finished']);
  // Somebody may have watched before this process was there.
  sendAll();
  bus.greet(tellWatched);
  link.watched(sendAll);
  const telling = setInterval(tellWatched, WATCH_EVERY_MS).unref();
  link.closed.addEventListener('abort', () => {
    clearInterval(telling);
    clearTimeout(passing.forgetting);
  });

  return {
    hear(event) {
      heard.add(event);
      bus.publish(event);
    },
  };
}
