import type { EventBus, RuntimeEvent } from '../runtime.types.ts';
import type { ProcessLink } from './link.types.ts';

/** Makes the buses of all processes one: what is said here is heard there, and nothing echoes. */
export function relay(bus: EventBus, link: ProcessLink): { hear(event: RuntimeEvent): void } {
  const heard = new WeakSet<RuntimeEvent>();
  bus.subscribe((event) => {
    if (!heard.has(event)) link.publish(event);
  });
  return {
    hear(event) {
      heard.add(event);
      bus.publish(event);
    },
  };
}
