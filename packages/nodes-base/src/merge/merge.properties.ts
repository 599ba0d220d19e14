import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';
import {
  clashFields,
  joinParams,
  matchFields,
  pairList,
  unpaired,
} from './merge-parts.properties.ts';

const combineBy = (...kinds: string[]): When => ({ mode: ['combine'], combineBy: kinds });

const numberInputs = (when: When) => ({
  numberInputs: p.raw({
    label: 'Number of inputs',
    type: 'options',
    default: 2,
    when,
    fixed: true,
    options: [2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => ({ name: String(value), value })),
  }),
});

/** Parameters of versions 3 to 3.2 (n8n-facts K). */
export const mergeProperties: readonly Property[] = [
  ...describeParams({
    mode: p.options({
      label: 'Mode',
      default: 'append',
      choices: [
        { value: 'append', label: 'Append' },
        { value: 'combine', label: 'Combine' },
        { value: 'combineBySql', label: 'SQL query' },
        { value: 'chooseBranch', label: 'Choose branch' },
      ],
    }),
    combineBy: p.options({
      label: 'Combine by',
      default: 'combineByFields',
      when: { mode: ['combine'] },
      choices: [
        { value: 'combineByFields', label: 'Matching fields' },
        { value: 'combineByPosition', label: 'Position' },
        { value: 'combineAll', label: 'All possible combinations' },
      ],
    }),
    ...numberInputs({ mode: ['append'] }),
    options: p.collection({
      label: 'Options',
      when: combineBy('combineAll'),
      fields: { ...clashFields, fuzzyCompare: matchFields.fuzzyCompare },
    }),
    advanced: p.boolean({
      label: 'Fields to match have different names',
      when: combineBy('combineByFields'),
    }),
    fieldsToMatchString: p.string({
      label: 'Fields to match',
      placeholder: 'id, name',
      when: { advanced: [false], ...combineBy('combineByFields') },
    }),
    mergeByFields: pairList({ advanced: [true], ...combineBy('combineByFields') }),
    ...joinParams(combineBy('combineByFields')),
  }),
  ...describeParams({
    options: p.collection({
      label: 'Options',
      when: combineBy('combineByFields'),
      fields: { ...clashFields, ...matchFields },
    }),
    ...numberInputs({ mode: ['combineBySql'] }),
    query: p.text({
      label: 'Query',
      rows: 6,
      default: 'SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id',
      when: { mode: ['combineBySql'] },
    }),
  }),
  ...describeParams({
    options: p.collection({
      label: 'Options',
      when: { mode: ['combineBySql'] },
      fields: {
        emptyQueryResult: p.options({
          label: 'Empty query result',
          hint: 'What to put out when the query finds no rows',
          default: 'success',
          choices: [
            { value: 'success', label: 'Success', hint: 'An item { "success": true }' },
            { value: 'empty', label: 'Empty result', hint: 'No items' },
          ],
        }),
        queryParameters: p.string({
          label: 'Query parameters',
          hint: 'Values for $1, $2 … of the query, with commas between them',
        }),
      },
    }),
    ...numberInputs(combineBy('combineByPosition')),
  }),
  ...describeParams({
    options: p.collection({
      label: 'Options',
      when: combineBy('combineByPosition'),
      fields: { ...clashFields, ...unpaired },
    }),
    ...numberInputs({ mode: ['chooseBranch'] }),
    chooseBranchMode: p.raw({
      label: 'Output type',
      type: 'options',
      default: 'waitForAll',
      when: { mode: ['chooseBranch'] },
      options: [{ name: 'Wait for all inputs to arrive', value: 'waitForAll' }],
    }),
    output: p.options({
      label: 'Output',
      default: 'specifiedInput',
      when: { chooseBranchMode: ['waitForAll'], mode: ['chooseBranch'] },
      choices: [
        { value: 'specifiedInput', label: 'Data of a specified input' },
        { value: 'empty', label: 'A single, empty item' },
      ],
    }),
    useDataOfInput: p.raw({
      label: 'Use data of input',
      type: 'options',
      default: 1,
      when: { output: ['specifiedInput'], mode: ['chooseBranch'] },
      options: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => ({ name: String(value), value })),
    }),
  }),
];
