import { describeParams, p, type When } from '@millrace/workflow/node-api';

/** What happens when both inputs have a field. */
export const clashFields = {
  clashHandling: p.raw({
    label: 'Clash handling',
    type: 'fixedCollection',
    default: {
      values: { resolveClash: 'preferLast', mergeMode: 'deepMerge', overrideEmpty: false },
    },
    options: [
      {
        name: 'values',
        displayName: 'Values',
        values: describeParams({
          resolveClash: p.string({
            label: 'When field values clash',
            hint: 'preferLast, preferInput1, preferInput2 or addSuffix',
          }),
          mergeMode: p.options({
            label: 'Merging nested fields',
            default: 'deepMerge',
            unless: { resolveClash: ['addSuffix'] },
            choices: [
              { value: 'deepMerge', label: 'Deep merge' },
              { value: 'shallowMerge', label: 'Shallow merge' },
            ],
          }),
          overrideEmpty: p.boolean({
            label: 'Minimise empty fields',
            unless: { resolveClash: ['addSuffix'] },
          }),
        }),
      },
    ],
  }),
};

/** How values are compared, and how many matches count. */
export const matchFields = {
  disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
  fuzzyCompare: p.boolean({ label: 'Fuzzy compare' }),
  multipleMatches: p.options({
    label: 'Multiple matches',
    default: 'all',
    choices: [
      { value: 'all', label: 'Include all matches' },
      { value: 'first', label: 'Include the first match only' },
    ],
  }),
};

/** For inputs of different length. */
export const unpaired = { includeUnpaired: p.boolean({ label: 'Include any unpaired items' }) };

/** Which items a match keeps, and from which input. */
export const joinParams = (when: When) => ({
  joinMode: p.options({
    label: 'Output type',
    default: 'keepMatches',
    when,
    choices: [
      { value: 'keepMatches', label: 'Keep matches' },
      { value: 'keepNonMatches', label: 'Keep non-matches' },
      { value: 'keepEverything', label: 'Keep everything' },
      { value: 'enrichInput1', label: 'Enrich input 1' },
      { value: 'enrichInput2', label: 'Enrich input 2' },
    ],
  }),
  outputDataFrom: p.options({
    label: 'Output data from',
    default: 'both',
    when: { ...when, joinMode: ['keepMatches', 'keepNonMatches'] },
    choices: [
      { value: 'both', label: 'Both inputs' },
      { value: 'input1', label: 'Input 1' },
      { value: 'input2', label: 'Input 2' },
    ],
  }),
});

/** Pairs of fields to match by. */
export const pairList = (when: When) =>
  p.list({
    label: 'Fields to match',
    when,
    default: { values: [{ field1: '', field2: '' }] },
    item: {
      field1: p.string({ label: 'Input 1 field' }),
      field2: p.string({ label: 'Input 2 field' }),
    },
  });
