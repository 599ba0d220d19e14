import { p } from '@millrace/workflow/node-api';
import { outcomeParams } from '../learned-models/outcome-params.ts';

const RULES = { operation: ['rules'] };
const DECAY = { operation: ['decay'] };

export const leadScoreParams = {
  operation: p.options({
    label: 'Operation',
    default: 'rules',
    choices: [
      { value: 'rules', label: 'Score by Rules', hint: 'Points for what a lead does and is' },
      { value: 'train', label: 'Train', hint: 'Learns which leads convert from those that ended' },
      { value: 'score', label: 'Score by Model', hint: '0–100 among the leads it learned from' },
      { value: 'decay', label: 'Decay', hint: 'Takes points off leads that went quiet' },
    ],
  }),
  events: p.list({
    label: 'Points for What a Lead Does',
    group: 'rules',
    addLabel: 'Add a Rule',
    hint: 'Each lead has "events": a list of { name, at }',
    item: {
      event: p.string({ label: 'Event', required: true, placeholder: 'pricing viewed' }),
      points: p.number({ label: 'Points', default: 10 }),
      halfLifeDays: p.number({
        label: 'Half-Life (Days)',
        default: 30,
        min: 0,
        hint: 'After so many days half of the points are left; 0: they stay',
      }),
      most: p.number({ label: 'Most That Count', default: 0, min: 0, hint: '0: all of them' }),
    },
    when: RULES,
  }),
  profile: p.list({
    label: 'Points for What a Lead Is',
    group: 'rules',
    addLabel: 'Add a Rule',
    item: {
      field: p.string({ label: 'Field', required: true, placeholder: 'country' }),
      test: p.options({
        label: 'Test',
        default: 'equals',
        choices: [
          { value: 'equals', label: 'Is' },
          { value: 'contains', label: 'Contains' },
          { value: 'atLeast', label: 'Is at Least' },
          { value: 'atMost', label: 'Is at Most' },
          { value: 'isSet', label: 'Is Known' },
          { value: 'isNotSet', label: 'Is Not Known' },
        ],
      }),
      value: p.string({ label: 'Value', default: '' }),
      points: p.number({ label: 'Points', default: 10 }),
    },
    when: RULES,
  }),
  ...outcomeParams,
  useAnyway: p.boolean({
    label: 'Use Although It Failed',
    default: false,
    hint: 'A model that is no better than the base rate is refused otherwise',
    when: { operation: ['score'] },
  }),
  scoreField: p.string({ label: 'Score Field', default: 'score', when: DECAY }),
  activeField: p.string({
    label: 'Last Active Field',
    default: 'lastActiveAt',
    hint: 'When the lead last did something, or when the score was made',
    when: DECAY,
  }),
  halfLifeDays: p.number({
    label: 'Half-Life (Days)',
    default: 30,
    min: 0.01,
    hint: 'After so many quiet days half of the score is left',
    when: DECAY,
  }),
} as const;
