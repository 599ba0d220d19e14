import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { readLearnings } from '../programmes/learnings.ts';
import { PROSPECT_KINDS, prospects, type ProspectKind } from '../tables/links.ts';
import { expectedChance, hoursFor, subjectOf } from './chances.ts';
import { draftMail } from './draft.ts';
import { linkProspectsIcon } from './link-prospects.icon.ts';
import { CRITERIA, outreachPriority } from './prioritise.ts';
import { topicOf } from './topic.ts';

const LABELS = {
  value: 'Worth for an Hour',
  authority: 'Authority',
  relevance: 'Relevance',
  responsiveness: 'Responsiveness',
} as const;

const params = {
  source: p.options({
    label: 'Read From',
    default: 'items',
    choices: [
      {
        value: 'items',
        label: 'Input Items',
        hint: 'Each item is a prospect: kind, domain, and what is known of it',
      },
      { value: 'store', label: 'Stored Prospects', hint: 'Those nobody was written to yet' },
    ],
  }),
  criterion: p.options({
    label: 'What Counts Most',
    default: 'value',
    choices: CRITERIA.map((value) => ({ value, label: LABELS[value] })),
  }),
  withDraft: p.boolean({
    label: 'Add a Draft',
    default: false,
    hint: 'Subject, mail and follow-ups from the templates, where a page of yours is named',
  }),
  ownDomain: p.string({
    label: 'Own Domain',
    default: '',
    placeholder: 'example.com',
    hint: 'Signs the drafts',
    when: { withDraft: [true] },
  }),
  limit: p.number({ label: 'Limit', default: 50, min: 0, hint: '0 shows all' }),
};

export default defineNode({
  name: 'millrace-nodes-marketing.linkProspects',
  label: 'Link Prospects',
  description: 'Ranks sites and journalists a link may be won from, as own outcomes have shown',
  version: 1,
  group: ['marketing'],
  icon: linkProspectsIcon,
  subtitle: '={{ $parameter["criterion"] }}',
  codex: {
    categories: ['Marketing', 'SEO'],
    alias: ['outreach', 'link building', 'haro', 'journalists', 'guest posts', 'broken links'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    const known =
      given.source === 'store' ? await stored(context) : context.items().map(({ json }) => json);
    const learned = await readLearnings(context.tables, 'links', 'rate');
    const now = context.now();
    const ranked = known
      .map((row, index) => {
        const facts = readFacts(row, index);
        const replyChance = expectedChance(subjectOf('reply', facts.kind), learned);
        const linkChance = expectedChance(subjectOf('link', facts.kind), learned);
        const judged = { ...facts, replyChance, linkChance };
        const priority = outreachPriority(judged, { now, criterion: given.criterion });
        const hours = hoursFor(facts.kind);
        const draft = given.withDraft ? draftFor(facts, given.ownDomain ?? '', now) : {};
        return { ...row, ...judged, hours, priority, ...draft };
      })
      .toSorted((a, b) => b.priority - a.priority);
    const limited = given.limit > 0 ? ranked.slice(0, given.limit) : ranked;
    return [limited.map((json) => ({ json }))];
  },
});

const MOST = 1000;

const stored = ({ tables }: ExecuteContext) =>
  tables.open(prospects).find({
    where: { status: 'new', score: { gt: 0 } },
    orderBy: { score: 'desc', id: 'asc' },
    limit: MOST,
  });

function readFacts(row: Readonly<Record<string, unknown>>, index: number) {
  const field = itemFields(row, index);
  const domain = field.need('domain');
  const targetUrl = field.text('targetUrl') ?? null;
  return {
    kind: kindOf(field.need('kind'), index),
    domain,
    authority: field.number('authority') ?? 0.5,
    topical: field.number('topical', 'relevance') ?? 0.5,
    value: field.number('value') ?? 50,
    deadline: field.time('deadline') ?? null,
    contactName: field.text('contactName', 'name') ?? null,
    url: field.text('url') ?? null,
    targetUrl,
    topic: field.text('topic') ?? topicOf(targetUrl ?? domain),
    reason: field.text('reason') ?? reasonOf(row['reasons']),
  };
}

const reasonOf = (reasons: unknown): string =>
  Array.isArray(reasons) && typeof reasons[0] === 'string' ? reasons[0] : '';

function kindOf(text: string, index: number): ProspectKind {
  const kind = PROSPECT_KINDS.find((each) => each === text);
  if (kind) return kind;
  throw new InputError(
    `Item ${index}: "kind" is "${text}"`,
    `Give one of ${PROSPECT_KINDS.join(', ')}`,
  );
}

type Facts = ReturnType<typeof readFacts>;

/** Nothing where no page of ours is named: a mail without it asks for nothing. */
function draftFor(facts: Facts, ownDomain: string, now: number): object {
  const { targetUrl } = facts;
  if (targetUrl === null) return {};
  const signed = ownDomain || (URL.canParse(targetUrl) ? new URL(targetUrl).hostname : targetUrl);
  return { draft: draftMail({ ...facts, targetUrl, ownDomain: signed }, now) };
}
