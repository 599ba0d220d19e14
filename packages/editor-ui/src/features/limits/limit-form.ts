import { LIMIT_RANGES, type Limit } from '@millrace/workflow/graph';

/** A limit as it stands in three inputs; empty is no limit. */
export interface LimitTexts {
  readonly atOnce: string;
  readonly max: string;
  readonly seconds: string;
}

export const NO_LIMIT: LimitTexts = { atOnce: '', max: '', seconds: '' };

/** What the inputs show for a stored limit. */
export const textsOf = (limit: Limit | null | undefined): LimitTexts => ({
  atOnce: textOf(limit?.maxConcurrency),
  max: textOf(limit?.rate?.max),
  seconds: textOf(limit?.rate?.periodSeconds),
});

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value));

/** What is wrong with each input, as message keys with their values. */
export function limitFaults(texts: LimitTexts): LimitFaults {
  const { maxConcurrency, rateMax, periodSeconds } = LIMIT_RANGES;
  const [hasMax, hasSeconds] = [isFilled(texts.max), isFilled(texts.seconds)];
  return {
    atOnce: rangeFault(texts.atOnce, maxConcurrency),
    max:
      hasSeconds && !hasMax ? { key: 'limits.faults.maxMissing' } : rangeFault(texts.max, rateMax),
    seconds:
      hasMax && !hasSeconds
        ? { key: 'limits.faults.secondsMissing' }
        : rangeFault(texts.seconds, periodSeconds),
  };
}

export type LimitFaults = Readonly<Record<keyof LimitTexts, Fault | undefined>>;

interface Fault {
  readonly key: string;
  readonly values?: { readonly most: number };
}

export const isFaulty = (texts: LimitTexts): boolean =>
  Object.values(limitFaults(texts)).some((fault) => fault !== undefined);

/** The limit that inputs without a fault say; `undefined` for none. */
export function limitOf(texts: LimitTexts): Limit | undefined {
  const rate = isFilled(texts.max)
    ? { max: Number(texts.max), periodSeconds: Number(texts.seconds) }
    : undefined;
  if (!isFilled(texts.atOnce)) return rate && { rate };
  return { maxConcurrency: Number(texts.atOnce), ...(rate && { rate }) };
}

const isFilled = (text: string) => text.trim() !== '';

function rangeFault(text: string, most: number): Fault | undefined {
  if (!isFilled(text)) return undefined;
  const isWhole = /^[1-9]\d*$/.test(text.trim()) && Number(text) <= most;
  return isWhole ? undefined : { key: 'limits.faults.notWhole', values: { most } };
}
