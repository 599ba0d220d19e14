import { p, type ParamMap } from '@millrace/workflow/node-api';

const inPrevious = { operation: ['removeItemsSeenInPreviousExecutions'] };

/** Parameters of version 2 (n8n-facts K): the comparing ones, and those about earlier executions. */
export const historyParams = (compareParams: ParamMap): ParamMap => ({
  operation: p.options({
    label: 'Operation',
    default: 'removeDuplicateInputItems',
    fixed: true,
    choices: [
      { value: 'removeDuplicateInputItems', label: 'Remove items repeated within current input' },
      {
        value: 'removeItemsSeenInPreviousExecutions',
        label: 'Remove items processed in previous executions',
      },
      { value: 'clearDeduplicationHistory', label: 'Clear deduplication history' },
    ],
  }),
  ...compareParams,
  logic: p.options({
    label: 'Keep items where',
    default: 'removeItemsWithAlreadySeenKeyValues',
    when: inPrevious,
    choices: [
      { value: 'removeItemsWithAlreadySeenKeyValues', label: 'Value is new' },
      {
        value: 'removeItemsUpToStoredIncrementalKey',
        label: 'Value is higher than any previous value',
      },
      { value: 'removeItemsUpToStoredDate', label: 'Value is a date later than any previous date' },
    ],
  }),
  dedupeValue: p.string({
    label: 'Value to dedupe on',
    when: { ...inPrevious, logic: ['removeItemsWithAlreadySeenKeyValues'] },
  }),
  incrementalDedupeValue: p.raw({
    label: 'Value to dedupe on',
    type: 'number',
    default: '',
    when: { ...inPrevious, logic: ['removeItemsUpToStoredIncrementalKey'] },
  }),
  dateDedupeValue: p.dateTime({
    label: 'Value to dedupe on',
    when: { ...inPrevious, logic: ['removeItemsUpToStoredDate'] },
  }),
  options: p.collection({
    label: 'Options',
    fields: {
      disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
      removeOtherFields: p.boolean({ label: 'Remove other fields' }),
      historySize: p.number({ label: 'History size', default: 10_000, min: 1 }),
    },
  }),
});
