import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { backlinks } from '../tables/links.ts';
import { backlinksIcon } from './backlinks.icon.ts';
import { createGapFinder } from './find-gaps.ts';
import { createLinkJudge } from './judge-links.ts';
import { profileLinks } from './profile-links.ts';
import { loadLinkData, readLinkItems, type LinkData } from './read-links.ts';
import { registrableDomain } from './registrable-domain.ts';
import { writeQuality } from './write-quality.ts';

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'profile',
    choices: [
      {
        value: 'profile',
        label: 'Profile',
        hint: 'One item: new and lost links, anchors, share of followed and of toxic links',
      },
      { value: 'quality', label: 'Quality', hint: 'One item a link: 0–100 with its parts' },
      {
        value: 'linkGap',
        label: 'Link Gap',
        hint: 'One item a site that links to competitors and not to you',
      },
    ],
  }),
  source: p.options({
    label: 'Read From',
    default: 'items',
    choices: [
      { value: 'items', label: 'Input Items', hint: 'Each item is a link: fromUrl, toUrl …' },
      { value: 'store', label: 'Stored Backlinks' },
    ],
  }),
  ownDomains: p.string({
    label: 'Own Domains',
    default: '',
    placeholder: 'example.com, example.org',
    hint: 'Of stored links, the sites marked as own ones are taken when left empty',
  }),
  competitors: p.string({
    label: 'Competitors',
    default: '',
    placeholder: 'rival.com, other.com',
    hint: 'Left empty: the sites marked as competitors, else every other linked site',
    when: { operation: ['linkGap'] },
  }),
  minCompetitors: p.number({
    label: 'Least Competitors',
    default: 2,
    min: 1,
    hint: 'A site must link to so many of them',
    when: { operation: ['linkGap'] },
  }),
  windowDays: p.number({
    label: 'Days That Are New',
    default: 30,
    min: 1,
    when: { operation: ['profile'] },
  }),
  limit: p.number({ label: 'Limit', default: 100, min: 0, hint: '0 shows all' }),
};

export default defineNode({
  name: 'millrace-nodes-marketing.backlinks',
  label: 'Backlinks',
  description: 'Tells what links are worth, and who links to competitors and not to you',
  version: 1,
  group: ['marketing'],
  icon: backlinksIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'SEO'],
    alias: ['links', 'link building', 'link gap', 'link intersect', 'anchors', 'toxic links'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    const data = await readData(context, given.source);
    const own = named(given.ownDomains, data.own);
    const limited = given.limit > 0 ? given.limit : Infinity;
    const rows = await answer(context, { ...given, data: { ...data, own } });
    return [rows.slice(0, limited).map((row) => ({ json: { ...row } }))];
  },
});

interface Question {
  readonly operation: 'profile' | 'quality' | 'linkGap';
  readonly source: 'items' | 'store';
  /** Absent where the operation does not ask for them. */
  readonly competitors?: string | undefined;
  readonly minCompetitors?: number | undefined;
  readonly windowDays?: number | undefined;
  readonly data: LinkData;
}

async function answer(context: ExecuteContext, question: Question): Promise<readonly object[]> {
  const { data, windowDays = 30, minCompetitors = 2 } = question;
  const judge = createLinkJudge(data.sites);
  switch (question.operation) {
    case 'profile': {
      const ours = data.links.filter(({ toDomain }) => needOwn(data.own).has(toDomain));
      return [profileLinks(ours, judge, { now: context.now(), windowDays })];
    }
    case 'quality':
      if (question.source === 'store') await storeQuality(context, question);
      return data.links
        .filter(({ toDomain }) => data.own.size === 0 || data.own.has(toDomain))
        .map((link) => {
          const { score, parts, isToxic } = judge.judge(link);
          return { ...link, quality: score, parts, isToxic };
        })
        .toSorted((a, b) => b.quality - a.quality);
    case 'linkGap': {
      const rivals = named(question.competitors ?? '', data.rivals);
      const finder = createGapFinder({ own: needOwn(data.own), rivals, judge, minCompetitors });
      for (const link of data.links) finder.add(link);
      return finder.find();
    }
    default:
      return question.operation satisfies never;
  }
}

async function readData(context: ExecuteContext, source: 'items' | 'store'): Promise<LinkData> {
  if (source === 'store') return loadLinkData(context.tables);
  const read = readLinkItems(context.items().map(({ json }) => json));
  return { ...read, own: new Set(), rivals: new Set() };
}

async function storeQuality({ tables }: ExecuteContext, { data }: Question): Promise<void> {
  const judge = createLinkJudge(data.sites);
  for await (const page of tables.open(backlinks).pages()) await writeQuality(tables, page, judge);
}

/** The registrable domains of a comma-separated list; `fallback` when it is empty. */
function named(list: string, fallback: ReadonlySet<string>): ReadonlySet<string> {
  const domains = list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const domain = registrableDomain(part);
      if (domain) return domain;
      throw new InputError(`"${part}" is not a domain`, 'Give domains such as example.com');
    });
  return domains.length > 0 ? new Set(domains) : fallback;
}

function needOwn(own: ReadonlySet<string>): ReadonlySet<string> {
  if (own.size > 0) return own;
  throw new InputError(
    'Which site is yours is not known',
    'Fill in "Own Domains", or mark your site as own in the stored domains',
  );
}
