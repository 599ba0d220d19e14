import type { ItemSeries } from '../series-items/read-series-items.ts';
import { say } from '../series-items/say.ts';
import {
  createAnomalyWatch,
  type AnomalyOptions,
  type AnomalyVerdict,
} from '../stats/series/anomaly.ts';
import { InputError } from '../item-fields/input.error.ts';

export interface JudgeOptions extends Partial<AnomalyOptions> {
  /** `log` compares shares, not amounts: for counts that grow. */
  readonly scale: 'plain' | 'log';
}

/** A point with what is usual then, in its own unit. */
export interface JudgedPoint extends Omit<AnomalyVerdict, 'usual'> {
  readonly item: number;
  readonly group: string;
  readonly at: number;
  readonly value: number;
  /** Null while too little was seen. */
  readonly usual: number | null;
  readonly explain: string;
}

/** Every point judged by those before it. */
export function judgeSeries({ group, points }: ItemSeries, options: JudgeOptions): JudgedPoint[] {
  const { scale, ...limits } = options;
  const watch = createAnomalyWatch(limits);
  return points.map(({ item, at, value }) => {
    const measured = scale === 'log' ? logOf(value, item) : value;
    const { usual, ...verdict } = watch({ at, value: measured });
    const expected = usual === undefined ? null : scale === 'log' ? Math.expm1(usual) : usual;
    const judged = { ...verdict, item, group, at, value, usual: expected };
    return { ...judged, explain: explain(judged) };
  });
}

function logOf(value: number, item: number): number {
  if (value >= 0) return Math.log1p(value);
  throw new InputError(
    `Item ${item} has the value ${value}, and there is no logarithm below 0`,
    'Take the scale "Amounts", or leave such items out',
  );
}

const BASIS: Readonly<Record<AnomalyVerdict['basis'], string>> = {
  hourOfWeek: 'at this hour of the week',
  hourOfDay: 'at this hour of the day',
  recent: 'lately',
  none: '',
};

function explain({ value, usual, z, isAlarm, basis }: Omit<JudgedPoint, 'explain'>): string {
  if (usual === null) return 'Too little was seen before to say what is usual';
  const distance = `${Math.abs(z).toFixed(1)} robust deviations ${z < 0 ? 'below' : 'above'}`;
  const told = `${say(value)} is ${distance} ${say(usual)}, which is usual ${BASIS[basis]}`;
  return isAlarm ? told : `${told}: no alarm`;
}
