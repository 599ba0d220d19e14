import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { registrableDomain } from '../backlinks/registrable-domain.ts';
import { InputError } from '../item-fields/input.error.ts';
import { within } from '../item-fields/within.ts';
import { testRankChanges, type RankChange } from '../stats/ranks/rank-change.ts';
import { keywords, rankings } from '../tables/keywords.ts';
import { byDay, type DatedLook, type DaySeries } from '../stats/ranks/day-series.ts';
import { rankTrackerIcon } from './rank-tracker.icon.ts';
import { readLooks } from './read-looks.ts';
import { recordLooks } from './record-looks.ts';

const RECORD = { operation: ['record'] };
const DETECT = { operation: ['detectChanges'] };

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'detectChanges',
    choices: [
      {
        value: 'record',
        label: 'Record',
        hint: 'Stores looks at ranks: keyword, position, url, day',
      },
      { value: 'detectChanges', label: 'Detect Changes', hint: 'Keywords that truly rose or fell' },
    ],
  }),
  rankSource: p.string({
    label: 'Source',
    default: '',
    placeholder: 'serp',
    hint: 'Where ranks come from. For changes, left empty: all of them',
  }),
  market: p.string({ label: 'Market', default: '', placeholder: 'us', when: RECORD }),
  ownDomain: p.string({
    label: 'Own Domain',
    default: '',
    placeholder: 'example.com',
    hint: 'Pages of other sites are not kept as yours',
    when: RECORD,
  }),
  readFrom: p.options({
    label: 'Read From',
    default: 'store',
    choices: [
      { value: 'store', label: 'Recorded Ranks' },
      { value: 'items', label: 'Input Items', hint: 'keyword, position, day' },
    ],
    when: DETECT,
  }),
  window: p.number({
    label: 'Days Compared',
    default: 7,
    min: 3,
    max: 60,
    hint: 'The last so many days with so many before them',
    when: DETECT,
  }),
  minChange: p.number({
    label: 'Least Places',
    default: 3,
    min: 1,
    hint: 'Changes across the end of a page (3, 10, 20) are told however small',
    when: DETECT,
  }),
  falseAlarms: p.number({
    label: 'False Alarms Allowed',
    default: 0.05,
    min: 0.001,
    max: 0.5,
    hint: 'Share of the told changes that may be chance',
    when: DETECT,
  }),
} as const;

type Given = Values<typeof params>;

const DAY_MS = 86_400_000;

/** Keeps ranks and tells which truly changed. */
export default defineNode({
  name: 'millrace-nodes-marketing.rankTracker',
  label: 'Rank Tracker',
  description: 'Records ranks and tells which truly changed; a broken scraper makes no rank alert',
  version: 1,
  group: ['marketing'],
  icon: rankTrackerIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'SEO'],
    alias: ['serp', 'position', 'ranking', 'rank change', 'visibility'],
  },
  outputs: ['main', 'main'],
  outputNames: ['Ranks', 'Scraper Failure'],
  params,
  async execute(context) {
    if (context.items().length === 0) return [[], []];
    const given = decodeParams(params, readParams(params, context, 0));
    return given.operation === 'record'
      ? [await record(context, given), []]
      : detect(context, given);
  },
});

async function record(context: ExecuteContext, given: Given): Promise<Item[]> {
  const named = given.ownDomain ?? '';
  const ownDomain = named === '' ? '' : registrableDomain(named);
  if (ownDomain === undefined)
    throw new InputError(`"${named}" is not a domain`, 'Give a domain such as example.com');
  const today = new Date(context.now()).toISOString().slice(0, 10);
  const rows = context.items().map(({ json }) => json);
  const looks = readLooks(rows, { today, ownDomain });
  const ids = await recordLooks(context.tables, looks, {
    source: given.rankSource || 'manual',
    market: given.market ?? '',
  });
  return looks.map((look, item) => ({
    json: { ...look, keywordId: ids[item] ?? '' },
    pairedItem: { item },
  }));
}

async function detect(context: ExecuteContext, given: Given): Promise<Item[][]> {
  const window = within('Days Compared', given.window ?? 7, { min: 3, max: 60, isWhole: true });
  const minChange = within('Least Places', given.minChange ?? 3, { min: 1 });
  const maxFalseDiscovery = within('False Alarms Allowed', given.falseAlarms ?? 0.05, {
    min: 0.001,
    max: 0.5,
  });
  const looks =
    given.readFrom === 'items' ? itemLooks(context) : await storedLooks(context, given, 2 * window);
  if (looks.length === 0) return [[], []];
  const days = byDay(looks, 2 * window);
  const failure = failureOf(days);
  if (failure) return [[], [failure]];
  const changes = testRankChanges(days.series, { window, minChange, maxFalseDiscovery });
  const names =
    given.readFrom === 'items' ? new Map<string, string>() : await namesOf(context, changes);
  return [changes.map((change) => itemOf(change, names, window)), []];
}

function itemLooks(context: ExecuteContext): DatedLook[] {
  const today = new Date(context.now()).toISOString().slice(0, 10);
  const rows = context.items().map(({ json }) => json);
  return readLooks(rows, { today, ownDomain: '' });
}

async function storedLooks(
  { tables, now }: ExecuteContext,
  { rankSource }: Given,
  days: number,
): Promise<DatedLook[]> {
  const since = new Date(now() - days * DAY_MS).toISOString().slice(0, 10);
  const where = { day: { gt: since }, ...(rankSource !== '' && { source: rankSource }) };
  const looks: DatedLook[] = [];
  for await (const page of tables.open(rankings).pages({ where }))
    looks.push(...page.map(({ keywordId, ...look }) => ({ ...look, keyword: keywordId })));
  return looks;
}

/** One alert when ranks of the last day cannot be trusted. */
function failureOf({ broken, lastDay }: DaySeries): Item | undefined {
  const last = broken.find(({ day }) => day === lastDay);
  if (!last) return undefined;
  const since = broken[0]?.day ?? lastDay;
  return {
    json: {
      kind: 'scraperFailure',
      ...last,
      since,
      explain: `${Math.round(100 * last.lostShare)} % of the keywords found before are not found on ${last.day}: the scraper broke, or the site was taken out of the index. Look at one by hand`,
    },
  };
}

async function namesOf(
  { tables }: ExecuteContext,
  changes: readonly RankChange[],
): Promise<Map<string, string>> {
  const rows = await tables.open(keywords).find({
    where: { id: { in: changes.map(({ keyword }) => keyword) } },
    columns: ['id', 'text'],
  });
  return new Map(rows.map(({ id, text }) => [id, text]));
}

function itemOf(change: RankChange, names: ReadonlyMap<string, string>, window: number): Item {
  const { keyword, before, after, q } = change;
  const text = names.get(keyword);
  const way = change.change < 0 ? 'rose' : 'fell';
  return {
    json: {
      ...change,
      keyword: text ?? keyword,
      ...(text !== undefined && { keywordId: keyword }),
      direction: way,
      explain: `It ${way} from ${before} to ${after} (middle of ${window} days each), q = ${q.toPrecision(2)}`,
    },
  };
}
