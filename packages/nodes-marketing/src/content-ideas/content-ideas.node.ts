import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { loadProfile } from '../business-profile/load-profile.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { risingSubjects } from '../programmes/content/subjects.ts';
import { contentIdeasIcon } from './content-ideas.icon.ts';
import { makeIdeas, type Subject } from './make-ideas.ts';

const params = {
  source: p.options({
    label: 'Read From',
    default: 'items',
    choices: [
      {
        value: 'items',
        label: 'Input Items',
        hint: 'Each item is a subject: term, and what is known of it (growth, hoursToPeak)',
      },
      { value: 'store', label: 'Stored Trends', hint: 'Those that rise or are at their peak' },
    ],
  }),
  goal: p.options({
    label: 'Goal',
    default: 'any',
    choices: [
      { value: 'any', label: 'Any' },
      { value: 'viral', label: 'Viral', hint: 'Pieces of the moment' },
      { value: 'evergreen', label: 'Evergreen', hint: 'Pieces that are searched for years' },
      { value: 'conversion', label: 'Conversion', hint: 'Pieces that lead to a purchase' },
    ],
  }),
  perSubject: p.number({ label: 'Ideas per Subject', default: 3, min: 1, max: 8 }),
  known: p.text({
    label: 'Titles There Are Already',
    default: '',
    hint: 'One a line; what is nearly one of them is left out',
  }),
  limit: p.number({ label: 'Limit', default: 20, min: 0, hint: '0 shows all' }),
};

export default defineNode({
  name: 'millrace-nodes-marketing.contentIdeas',
  label: 'Content Ideas',
  description: 'Turns rising subjects into pieces to write, the most worthwhile first',
  version: 1,
  group: ['marketing'],
  icon: contentIdeasIcon,
  subtitle: '={{ $parameter["goal"] }}',
  codex: {
    categories: ['Marketing', 'Content'],
    alias: ['ideas', 'topics', 'angles', 'editorial plan', 'blog'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    const subjects =
      given.source === 'store'
        ? await risingSubjects(context.tables, context.now())
        : await subjectsOf(context);
    const ideas = makeIdeas(subjects, {
      goal: given.goal === 'any' ? undefined : given.goal,
      perSubject: given.perSubject,
      known: given.known.split('\n').flatMap((line) => line.trim() || []),
    });
    const limited = given.limit > 0 ? ideas.slice(0, given.limit) : ideas;
    return [
      limited.map(({ keyword, ...idea }) => ({
        json: { ...idea, keyword: keyword?.text ?? null, keywordId: keyword?.id ?? null },
      })),
    ];
  },
});

const KEYWORDS = 6;

/** What an item does not tell comes from the stored keywords. */
async function subjectsOf(context: ExecuteContext): Promise<Subject[]> {
  const profile = await loadProfile(context.tables);
  return context.items().map(({ json }, index) => {
    const field = itemFields(json, index);
    const term = field.need('term', 'keyword', 'subject');
    return {
      id: field.text('id') ?? term,
      term,
      relevance: field.number('relevance') ?? Math.max(UNKNOWN_RELEVANCE, profile.relevance(term)),
      growth: field.number('growth') ?? 0,
      hoursToPeak: field.number('hoursToPeak') ?? null,
      keywords: profile.match(term, KEYWORDS),
      ageHours: field.number('ageHours') ?? 0,
    };
  });
}

/** Somebody chose the subject: it is not foreign, whatever the keywords say. */
const UNKNOWN_RELEVANCE = 0.25;
