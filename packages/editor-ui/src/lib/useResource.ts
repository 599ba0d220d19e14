import { shallowRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toProblem, type Problem } from './problem.ts';

/**
 * What a page shows of the server: loaded at once, and again by `load`.
 *
 * What is shown stays while it loads again; of two answers under way only the later asked counts.
 */
export function useResource<Value>(read: () => Promise<Value>) {
  const { t } = useI18n();
  const value: ShallowRef<Value | undefined> = shallowRef();
  const isLoading = shallowRef(false);
  const problem = shallowRef<Problem>();
  const latest = { ask: 0 };

  async function load() {
    const ask = ++latest.ask;
    isLoading.value = true;
    problem.value = undefined;
    try {
      const found = await read();
      if (ask === latest.ask) value.value = found;
    } catch (error) {
      if (ask === latest.ask) problem.value = toProblem(error, t('common.unreachable'));
    } finally {
      if (ask === latest.ask) isLoading.value = false;
    }
  }

  void load();
  return { value, isLoading, problem, load };
}
