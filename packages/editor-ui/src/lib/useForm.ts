import { computed, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toProblem, type Problem } from './problem.ts';

/**
 * Sends a form and keeps what is wrong with it.
 *
 * A field's own fault shows once it was left or the form was sent; what the server says of a field shows
 * until it is sent again.
 *
 * @param faults - For each field, the message key of what is wrong now.
 * @param send - Does the work; what it throws is shown.
 */
export function useForm<Field extends string>(
  faults: Readonly<Record<Field, () => string | undefined>>,
  send: () => Promise<void>,
) {
  const { t } = useI18n();
  const touched = shallowRef<ReadonlySet<string>>(new Set());
  const problem = shallowRef<Problem>();
  const isSending = shallowRef(false);

  const names = Object.keys(faults);
  const isFaulty = computed(() =>
    Object.values<() => string | undefined>(faults).some((fault) => fault() !== undefined),
  );
  /** What concerns no single field. */
  const formError = computed(() => {
    if (!problem.value) return undefined;
    return names.some((name) => problem.value?.fields.has(name)) ? undefined : problem.value;
  });

  function touch(field: Field) {
    touched.value = new Set([...touched.value, field]);
  }

  function errorOf(field: Field): string | undefined {
    const key = touched.value.has(field) ? faults[field]() : undefined;
    return key ? t(key) : problem.value?.fields.get(field);
  }

  async function submit() {
    touched.value = new Set(names);
    problem.value = undefined;
    if (isFaulty.value || isSending.value) return;
    isSending.value = true;
    try {
      await send();
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    } finally {
      isSending.value = false;
    }
  }

  /** As if nobody had touched it yet. */
  function reset() {
    touched.value = new Set();
    problem.value = undefined;
  }

  return { touch, errorOf, formError, isSending, submit, reset };
}
