import { p } from '@millrace/workflow/node-api';
import { namesIn, type OutcomeFields } from './read-outcomes.ts';

const LEARNS = { operation: ['train', 'evaluate'] };
const TRAIN = { operation: ['train'] };

/** How a node is told what to learn, and by what name it is kept. */
export const outcomeParams = {
  model: p.string({
    label: 'Model',
    default: 'default',
    hint: 'The name it is kept by in the project; training again replaces it',
    unless: { operation: ['rules', 'decay'] },
  }),
  outcomeField: p.string({ label: 'Outcome Field', default: 'outcome', when: LEARNS }),
  positive: p.string({
    label: 'Good End',
    default: '',
    placeholder: 'won',
    hint: 'The value that means it ended well; left empty: true, yes, 1 or won. Items without an outcome are left out',
    when: LEARNS,
  }),
  timeField: p.string({
    label: 'Time Field',
    default: 'at',
    hint: 'When each began: models learn from the earlier ones and are judged on the later ones',
    when: LEARNS,
  }),
  facts: p.string({
    label: 'Facts',
    default: '',
    placeholder: 'source, visits, country',
    hint: 'What was known at the beginning; left empty, every plain field',
    when: TRAIN,
  }),
  leaveOut: p.string({ label: 'Leave Out', default: 'id', placeholder: 'id, email', when: TRAIN }),
  keep: p.string({
    label: 'Use Although Suspicious',
    default: '',
    hint: 'A fact that alone tells the outcome was probably written down after it, and is left out; name it here to use it',
    when: TRAIN,
  }),
  seed: p.number({ label: 'Seed', default: 1, when: LEARNS }),
};

interface GivenOutcomeParams {
  readonly outcomeField?: string | undefined;
  readonly positive?: string | undefined;
  readonly timeField?: string | undefined;
  readonly facts?: string | undefined;
  readonly leaveOut?: string | undefined;
}

/** The parameters as names of fields. */
export const outcomeFieldsOf = (given: GivenOutcomeParams): OutcomeFields => ({
  outcome: given.outcomeField ?? 'outcome',
  positive: given.positive?.trim() ?? '',
  time: given.timeField ?? 'at',
  facts: namesIn(given.facts ?? ''),
  leaveOut: namesIn(given.leaveOut ?? ''),
});
