import Schema from 'typebox/schema';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useToastStore } from '../../ui/index.ts';
import { callMarketing } from './api/call-marketing.ts';
import { importFile, ImportReport } from './api/import.ts';
import { useJob } from './useJob.ts';

/** Brings a file in and says what came of it. */
export function useImport(imported: () => void) {
  const { t } = useI18n({ useScope: 'global' });
  const attempt = useAttempt();
  const toasts = useToastStore();

  const { job, isUnderWay, follow } = useJob(({ status, result, error }) => {
    if (status !== 'success' || !Schema.Check(ImportReport, result)) {
      const title = t('marketing.import.failed');
      toasts.show({ kind: 'error', title, text: error?.message });
      return;
    }
    const { written, source, leftOut, problems } = result;
    const first = problems[0]?.problem ?? '';
    toasts.show({
      kind: leftOut > 0 ? 'info' : 'success',
      title: t('marketing.import.done', { written, source }),
      text:
        leftOut > 0 ? t('marketing.import.leftOut', { count: leftOut, problem: first }) : undefined,
    });
    imported();
  });
  const rows = computed(() =>
    Schema.Check(ImportReport, job.value?.state) ? job.value.state.rows : 0,
  );

  async function bringIn(file: File) {
    await attempt(async () => {
      const base64 = await asBase64(file);
      const { jobId } = await callMarketing(importFile, { body: { base64 } });
      await follow(jobId);
    });
  }

  return { isUnderWay, rows, bringIn };
}

/** Read as a data address, which is base64 behind a comma. */
function asBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error(file.name)));
    reader.readAsDataURL(file);
  });
}
