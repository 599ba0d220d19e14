import { useI18n } from 'vue-i18n';
import { formatRelative } from '../../lib/format.ts';

const UNKNOWN = '–';
const HOUR_MS = 3_600_000;

type Maybe = number | null | undefined;

/** Figures of marketing in the reader's language. What is not known is a dash, never a zero. */
export function useMarketingFormat() {
  const { locale } = useI18n();
  const written = (value: Maybe, options: Intl.NumberFormatOptions) =>
    value === null || value === undefined
      ? UNKNOWN
      : new Intl.NumberFormat(locale.value, options).format(value);
  const dated = (at: Maybe, options: Intl.DateTimeFormatOptions) =>
    at === null || at === undefined
      ? UNKNOWN
      : new Intl.DateTimeFormat(locale.value, options).format(at);

  return {
    /** `46,151` */
    count: (value: Maybe) => written(value, { maximumFractionDigits: 0 }),
    /** `46.2K` from ten thousand on. */
    short: (value: Maybe) =>
      written(value, {
        notation: (value ?? 0) >= 10_000 ? 'compact' : 'standard',
        maximumFractionDigits: 1,
      }),
    decimal: (value: Maybe, digits = 1) => written(value, { maximumFractionDigits: digits }),
    /** @param share - 1.5 is 150 % */
    percent: (share: Maybe, digits = 0) =>
      written(share, { style: 'percent', maximumFractionDigits: digits }),
    /** With its sign: `+150%` */
    change: (share: Maybe, digits = 0) =>
      written(share, {
        style: 'percent',
        maximumFractionDigits: digits,
        signDisplay: 'exceptZero',
      }),
    money: (amount: Maybe, currency = 'USD') =>
      written(amount, {
        style: 'currency',
        currency,
        maximumFractionDigits: amount !== 0 && Math.abs(amount ?? 0) < 100 ? 2 : 0,
        notation: Math.abs(amount ?? 0) >= 100_000 ? 'compact' : 'standard',
      }),
    day: (at: Maybe) => dated(at, { day: 'numeric', month: 'short' }),
    moment: (at: Maybe) =>
      dated(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    relative: (at: Maybe) =>
      at === null || at === undefined ? UNKNOWN : formatRelative(at, Date.now(), locale.value),
    /** `in 6 days` */
    inHours: (hours: Maybe) =>
      hours === null || hours === undefined
        ? UNKNOWN
        : formatRelative(hours * HOUR_MS, 0, locale.value),
  };
}
