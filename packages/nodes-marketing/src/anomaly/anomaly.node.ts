import type { Item } from '@millrace/workflow/items';
import { decodeParams, defineNode, p, readParams } from '@millrace/workflow/node-api';
import { within } from '../item-fields/within.ts';
import { readSeriesItems } from '../series-items/read-series-items.ts';
import { seriesParams } from '../series-items/series-params.ts';
import { anomalyIcon } from './anomaly.icon.ts';
import { judgeSeries, type JudgedPoint } from './judge-series.ts';

const params = {
  ...seriesParams,
  scale: p.options({
    label: 'Compare',
    default: 'plain',
    choices: [
      { value: 'plain', label: 'Amounts' },
      { value: 'log', label: 'Shares', hint: 'By logarithm: for counts that grow and spread' },
    ],
  }),
  show: p.options({
    label: 'Show',
    default: 'alarms',
    choices: [
      { value: 'alarms', label: 'Alarms', hint: 'The first value of each stir' },
      { value: 'last', label: 'Last Value', hint: 'One item a series: is it an alarm now?' },
      { value: 'all', label: 'Every Value' },
    ],
  }),
  limit: p.number({
    label: 'Limit',
    default: 3.5,
    min: 1,
    hint: 'Two of three values so many robust deviations away are an anomaly',
  }),
  alone: p.number({
    label: 'Limit for One Value',
    default: 10,
    min: 1,
    hint: 'A single value so far away is one by itself',
  }),
  quietHours: p.number({
    label: 'Quiet Hours',
    default: 24,
    min: 0,
    hint: 'After an alarm the next of the series is at least so much later',
  }),
} as const;

const HOUR_MS = 3_600_000;

/** Finds values that are not usual for their hour. */
export default defineNode({
  name: 'millrace-nodes-marketing.anomaly',
  label: 'Anomaly',
  description: 'Finds values of a series that are far from what is usual at their hour',
  version: 1,
  group: ['marketing'],
  icon: anomalyIcon,
  subtitle: '={{ $parameter["valueField"] }}',
  codex: {
    categories: ['Marketing', 'Analytics'],
    alias: ['outlier', 'spike', 'drop', 'monitor', 'z-score', 'alert'],
  },
  pure: true,
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    const series = readSeriesItems(
      context.items().map(({ json }) => json),
      { time: given.timeField, value: given.valueField, group: given.groupBy },
    );
    const options = {
      scale: given.scale,
      limit: within('Limit', given.limit, { min: 1 }),
      alone: within('Limit for One Value', given.alone, { min: 1 }),
      quietMs: within('Quiet Hours', given.quietHours, { min: 0 }) * HOUR_MS,
    };
    const shown = series.flatMap((each) => SHOWN[given.show](judgeSeries(each, options)));
    return [shown.map((point) => itemOf(point, context.items()[point.item]?.json ?? {}))];
  },
});

const SHOWN: Readonly<
  Record<'alarms' | 'last' | 'all', (points: readonly JudgedPoint[]) => readonly JudgedPoint[]>
> = {
  alarms: (points) => points.filter(({ isAlarm }) => isAlarm),
  last: (points) => points.slice(-1),
  all: (points) => points,
};

const itemOf = ({ item, at, ...point }: JudgedPoint, json: Item['json']): Item => ({
  json: { ...json, anomaly: { ...point, at: new Date(at).toISOString() } },
  pairedItem: { item },
});
