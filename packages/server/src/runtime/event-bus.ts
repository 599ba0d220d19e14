import type { EventBus, RuntimeEvent } from './runtime.types.ts';

/** The bus of one process. A listener that throws does not keep the others from hearing. */
export function createEventBus(onError: (error: unknown) => void): EventBus {
  const listeners = new Set<(event: RuntimeEvent) => void>();
  return {
    publish(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get hasListeners() {
      return listeners.size > 0;
    },
  };
}
