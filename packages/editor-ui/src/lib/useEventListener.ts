import { onScopeDispose } from 'vue';

/** Hears an event of the window while the component lives. */
export function useEventListener<Name extends keyof WindowEventMap>(
  name: Name,
  listener: (event: WindowEventMap[Name]) => void,
) {
  window.addEventListener(name, listener);
  onScopeDispose(() => window.removeEventListener(name, listener));
}
