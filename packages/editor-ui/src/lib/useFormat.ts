import { onScopeDispose, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import {
  formatBytes,
  formatDollars,
  formatDuration,
  formatInstant,
  formatRelative,
} from './format.ts';

/** Dates and durations in the reader's language. Relative times move on while the component lives. */
export function useFormat() {
  const { locale } = useI18n();
  const now = shallowRef(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), 15_000);
  onScopeDispose(() => clearInterval(timer));

  return {
    /** @param instant - ISO 8601 */
    relative: (instant: string) => formatRelative(Date.parse(instant), now.value, locale.value),
    /** @param instant - ISO 8601 */
    instant: (instant: string) => formatInstant(Date.parse(instant), locale.value),
    duration: (durationMs: number) => formatDuration(durationMs, locale.value),
    bytes: (sizeBytes: number) => formatBytes(sizeBytes, locale.value),
    dollars: (dollars: number) => formatDollars(dollars, locale.value),
  };
}
