import { describeParams, p, type Property } from '@millrace/workflow/node-api';
import {
  clashFields,
  joinParams,
  matchFields,
  pairList,
  unpaired,
} from './merge-parts.properties.ts';

/** Parameters of versions 2 and 2.1 (n8n-facts K). */
export const mergeV2Properties: readonly Property[] = describeParams({
  mode: p.options({
    label: 'Mode',
    default: 'append',
    choices: [
      { value: 'append', label: 'Append' },
      { value: 'combine', label: 'Combine' },
      { value: 'chooseBranch', label: 'Choose branch' },
    ],
  }),
  combinationMode: p.options({
    label: 'Combination mode',
    default: 'mergeByFields',
    when: { mode: ['combine'] },
    choices: [
      { value: 'mergeByFields', label: 'Merge by fields' },
      { value: 'mergeByPosition', label: 'Merge by position' },
      { value: 'multiplex', label: 'All combinations' },
    ],
  }),
  mergeByFields: pairList({ mode: ['combine'], combinationMode: ['mergeByFields'] }),
  ...joinParams({ mode: ['combine'], combinationMode: ['mergeByFields'] }),
  chooseBranchMode: p.raw({
    label: 'Output type',
    type: 'options',
    default: 'waitForBoth',
    when: { mode: ['chooseBranch'] },
    options: [{ name: 'Wait for both inputs to arrive', value: 'waitForBoth' }],
  }),
  output: p.options({
    label: 'Output',
    default: 'input1',
    when: { mode: ['chooseBranch'], chooseBranchMode: ['waitForBoth'] },
    choices: [
      { value: 'input1', label: 'Input 1 data' },
      { value: 'input2', label: 'Input 2 data' },
      { value: 'empty', label: 'A single, empty item' },
    ],
  }),
  options: p.collection({
    label: 'Options',
    unless: { mode: ['chooseBranch', 'append'] },
    fields: { ...clashFields, ...matchFields, ...unpaired },
  }),
});
