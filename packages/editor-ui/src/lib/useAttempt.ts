import { useI18n } from 'vue-i18n';
import { useToastStore } from '../ui/index.ts';
import { toProblem } from './problem.ts';

/**
 * Gives a function that does some work and, when it fails, says so in a toast and returns undefined.
 * For acts that have no field or page of their own to show the error at.
 */
export function useAttempt() {
  const { t } = useI18n({ useScope: 'global' });
  const toasts = useToastStore();

  return async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { text, fix } = toProblem(error, t('common.unreachable'));
      toasts.show({ kind: 'error', title: text, text: fix });
      return undefined;
    }
  };
}
