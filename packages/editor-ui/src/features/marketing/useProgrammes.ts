import { onScopeDispose, watch } from 'vue';
import { useProgrammesStore } from './programmes.store.ts';

const LOOK_AGAIN_MS = 1500;

/**
 * The programmes, looked at again while one of them runs.
 *
 * @param ended - Told when the last one that ran has ended: what the page shows is out of date then.
 */
export function useProgrammes(ended: () => void = () => {}) {
  const store = useProgrammesStore();
  let timer: ReturnType<typeof setInterval> | undefined;

  watch(
    () => store.isAnyRunning,
    (isRunning, wasRunning) => {
      clearInterval(timer);
      if (isRunning) timer = setInterval(() => void store.load(), LOOK_AGAIN_MS);
      else if (wasRunning) ended();
    },
    { immediate: true },
  );
  onScopeDispose(() => clearInterval(timer));

  void store.load();
  return store;
}
