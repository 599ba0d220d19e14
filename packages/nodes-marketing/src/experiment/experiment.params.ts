import { p } from '@millrace/workflow/node-api';

const PEOPLE = { operation: ['assign', 'expose', 'convert'] };
const JUDGES = { operation: ['analyse', 'decide'] };

export const experimentParams = {
  operation: p.options({
    label: 'Operation',
    default: 'expose',
    choices: [
      { value: 'assign', label: 'Assign', hint: 'Which arm each is in; nothing is counted' },
      { value: 'expose', label: 'Expose', hint: 'Assigns, and counts each as having seen the arm' },
      { value: 'convert', label: 'Convert', hint: 'Counts each as having done what it is about' },
      { value: 'analyse', label: 'Analyse', hint: 'One item: what the test shows so far' },
      { value: 'decide', label: 'Decide', hint: 'The same, and keeps the winner if there is one' },
    ],
  }),
  experiment: p.string({ label: 'Experiment', required: true, placeholder: 'subject line May' }),
  arms: p.list({
    label: 'Arms',
    group: 'arms',
    addLabel: 'Add an Arm',
    hint: 'The first one is the control. They cannot be changed once the experiment runs',
    item: {
      name: p.string({ label: 'Name', required: true, placeholder: 'short subject' }),
      share: p.number({ label: 'Share', default: 1, min: 0, hint: 'On any scale' }),
    },
    default: {
      arms: [
        { name: 'control', share: 1 },
        { name: 'treatment', share: 1 },
      ],
    },
  }),
  unitField: p.string({
    label: 'Who',
    default: 'id',
    hint: 'Field with the id of the person: the same person always gets the same arm',
    when: PEOPLE,
  }),
  timeField: p.string({
    label: 'When',
    default: '',
    hint: 'Field with the time it happened; left empty: now',
    when: { operation: ['expose', 'convert'] },
  }),
  source: p.options({
    label: 'Counts',
    default: 'store',
    choices: [
      { value: 'store', label: 'Of the Project' },
      { value: 'items', label: 'Input Items', hint: 'One item an arm: arm, trials, successes' },
    ],
    when: JUDGES,
  }),
  test: p.options({
    label: 'Test',
    default: 'sequential',
    choices: [
      { value: 'sequential', label: 'Sequential', hint: 'May be looked at as often as you like' },
      { value: 'fixed', label: 'Fixed Size', hint: 'Looked at once, with as many as planned' },
    ],
    when: JUDGES,
  }),
  trialsPerArm: p.number({
    label: 'Planned People per Arm',
    default: 1000,
    min: 1,
    when: { operation: ['analyse', 'decide'], test: ['fixed'] },
  }),
  alpha: p.number({
    label: 'False Winners Allowed',
    default: 0.05,
    min: 0.0001,
    max: 0.5,
    hint: 'Share of tests without a difference that may name a winner',
    when: JUDGES,
  }),
  minTrials: p.number({ label: 'Least People per Arm', default: 100, min: 1, when: JUDGES }),
} as const;
