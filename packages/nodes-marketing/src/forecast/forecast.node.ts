import type { Item } from '@millrace/workflow/items';
import { decodeParams, defineNode, p, readParams } from '@millrace/workflow/node-api';
import { within } from '../item-fields/within.ts';
import { readSeriesItems } from '../series-items/read-series-items.ts';
import { seriesParams } from '../series-items/series-params.ts';
import { forecastIcon } from './forecast.icon.ts';
import { goOn, type SeriesForecast } from './go-on.ts';

const params = {
  ...seriesParams,
  horizon: p.number({
    label: 'Horizon',
    default: 14,
    min: 1,
    max: 1000,
    hint: 'Steps ahead, in the steps the values come in: hours, days, weeks or months',
  }),
  season: p.number({
    label: 'Season',
    default: 0,
    min: 0,
    hint: 'Steps until the pattern comes again: 7 for days of the week, 1 for none; 0 takes the usual one',
  }),
  interval: p.number({
    label: 'Interval (%)',
    default: 80,
    min: 1,
    max: 99,
    hint: 'So many of a hundred possible futures lie within',
  }),
  isCount: p.boolean({ label: 'Never Below 0', default: true }),
  show: p.options({
    label: 'Show',
    default: 'steps',
    choices: [
      { value: 'steps', label: 'One Item a Step' },
      { value: 'series', label: 'One Item a Series', hint: 'With all steps in "points"' },
    ],
  }),
  seed: p.number({ label: 'Seed', default: 1, hint: 'The same seed gives the same interval' }),
} as const;

/** Goes on with a series, and says how far off it was before. */
export default defineNode({
  name: 'millrace-nodes-marketing.forecast',
  label: 'Forecast',
  description: 'Goes on with a series, with an interval and the error it had on values held back',
  version: 1,
  group: ['marketing'],
  icon: forecastIcon,
  subtitle: '={{ $parameter["valueField"] }}',
  codex: {
    categories: ['Marketing', 'Analytics'],
    alias: ['predict', 'holt-winters', 'trend', 'season', 'extrapolate', 'back-test'],
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
      horizon: within('Horizon', given.horizon, { min: 1, max: 1000, isWhole: true }),
      season: within('Season', given.season, { min: 0, isWhole: true }),
      confidence: within('Interval (%)', given.interval, { min: 1, max: 99 }) / 100,
      isCount: given.isCount,
      seed: given.seed,
    };
    return [
      series.flatMap((each) => {
        context.signal.throwIfAborted();
        const made = goOn(each, options);
        return given.show === 'series' ? [{ json: { ...made } }] : stepsOf(made);
      }),
    ];
  },
});

const stepsOf = ({ points, group, method, error, explain }: SeriesForecast): Item[] =>
  points.map((point, index) => ({
    json: { group, ...point, step: index + 1, method, error, explain },
  }));
