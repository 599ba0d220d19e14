import type { EventBus, RuntimeEvent } from './runtime.types.ts';

interface Listener {
  readonly hear: (event: RuntimeEvent) => void;
  readonly types: readonly RuntimeEvent['type'][] | undefined;
}

/** The bus of one process. A listener that throws does not keep the others from hearing. */
export function createEventBus(onError: (error: unknown) => void): EventBus {
  const listeners = new Set<Listener>();
  const greeters = new Set<() => void>();
  return {
    publish(event) {
      for (const { hear, types } of listeners) {
        if (types && !types.includes(event.type)) continue;
        try {
          hear(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(hear, types) {
      const listener = { hear, types };
      listeners.add(listener);
      if (!types) for (const greet of greeters) greet();
      return () => listeners.delete(listener);
    },
    greet: (greeter) => void greeters.add(greeter),
    get listeners() {
      return [...listeners].filter(({ types }) => !types).length;
    },
    get hasListeners() {
      for (const { types } of listeners) if (!types) return true;
      return false;
    },
  };
}
