import { randomUUID } from 'node:crypto';
import { NodeError } from '@millrace/workflow/errors';
import type { Item } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext, type When } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';
import { createDice, randomData } from './random-data.ts';

const throwing: When = { category: ['throwError'] };
const making: When = { category: ['randomData'] };
const nanoid: When = { ...making, randomDataType: ['nanoid'] };
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const TIMEOUT_MS = 60_000;
const MAX_RECORDS = 10_000;

/** Makes things go wrong on purpose, and makes data to try workflows with. */
export const debugHelperNode = defineNode({
  name: 'n8n-nodes-base.debugHelper',
  label: 'DebugHelper',
  description: 'Fails on purpose, or makes data to try a workflow with',
  version: 1,
  subtitle: '={{ $parameter["category"] }}',
  icon: icon(
    'M8 9h8v8a4 4 0 0 1-8 0z',
    'M9 9a3 3 0 0 1 6 0',
    'M4 13h4',
    'M16 13h4',
    'm5 6 3 3',
    'm19 6-3 3',
  ),
  params: {
    category: p.options({
      label: 'Category',
      default: 'throwError',
      fixed: true,
      choices: [
        { value: 'doNothing', label: 'Do nothing' },
        { value: 'throwError', label: 'Throw error' },
        { value: 'oom', label: 'Out of memory', hint: 'Inside the sandbox: the server goes on' },
        { value: 'randomData', label: 'Generate random data' },
      ],
    }),
    throwErrorType: p.options({
      label: 'Error type',
      default: 'NodeApiError',
      when: throwing,
      choices: ['NodeApiError', 'NodeOperationError', 'Error'].map((value) => ({
        value,
        label: value,
      })),
    }),
    throwErrorMessage: p.string({
      label: 'Error message',
      default: 'Node has thrown an error',
      when: throwing,
    }),
    memorySizeValue: p.number({
      label: 'Memory size (MB)',
      default: 10,
      when: { category: ['oom'] },
    }),
    randomDataType: p.options({
      label: 'Data type',
      default: 'user',
      when: making,
      choices: Object.keys(randomData).map((value) => ({ value, label: value })),
    }),
    nanoidAlphabet: p.string({ label: 'Nano ID alphabet', default: ALPHABET, when: nanoid }),
    nanoidLength: p.string({ label: 'Nano ID length', default: '16', when: nanoid }),
    randomDataSeed: p.string({
      label: 'Seed',
      hint: 'The same seed gives the same data',
      when: making,
    }),
    randomDataCount: p.number({ label: 'Number of items to generate', default: 10, when: making }),
    randomDataSingleArray: p.boolean({ label: 'Output as single list', when: making }),
  },
  execute: (context) =>
    forEachItem(context, async (item, index) => {
      switch (context.param('category', index)) {
        case 'randomData':
          return made(context, index);
        case 'oom':
          return { json: { ...item.json, memory: await filled(context, index) } };
        case 'throwError':
          throw failure(context, index);
        default:
          return { ...item, pairedItem: { item: index } };
      }
    }),
});

function failure(context: ExecuteContext, itemIndex: number): Error {
  const message = String(context.param('throwErrorMessage', itemIndex));
  if (context.param('throwErrorType', itemIndex) === 'Error') return new Error(message);
  return new NodeError(message, { node: context.node.name, itemIndex });
}

/** Fills memory in the sandbox, whose limit is what breaks. */
async function filled(context: ExecuteContext, index: number): Promise<unknown> {
  const megabytes = Math.max(0, Number(context.param('memorySizeValue', index)));
  const { value } = await context.code.run({
    language: 'javaScript',
    mode: 'allItems',
    source:
      'const held = Array.from({ length: megabytes }, () => new Array(131072).fill(Math.random()));\nreturn held.length;',
    scope: { megabytes },
    timeoutMs: TIMEOUT_MS,
    signal: context.signal,
  });
  return `${String(value)} MB`;
}

function made(context: ExecuteContext, index: number): Item | Item[] {
  const text = (name: string) => String(context.param(name, index, { fallback: '' }) ?? '');
  const type = text('randomDataType');
  const make = Object.hasOwn(randomData, type) ? randomData[type] : undefined;
  const count = Number(context.param('randomDataCount', index));
  if (!make || !(count >= 0 && count <= MAX_RECORDS)) {
    throw new NodeError(
      make ? `Cannot make ${count} items` : `The data type "${type}" is not known`,
      { node: context.node.name, itemIndex: index },
      { fix: make ? `Ask for 0 to ${MAX_RECORDS} items` : 'Choose a data type from the list' },
    );
  }
  const dice = createDice(text('randomDataSeed') || randomUUID());
  const ids = {
    alphabet: text('nanoidAlphabet') || ALPHABET,
    length: Number(text('nanoidLength')) || 16,
  };
  const records = Array.from({ length: count }, () => ({ ...make(dice, ids) }));
  return context.param('randomDataSingleArray', index) === true
    ? { json: { generatedItems: records } }
    : records.map((json) => ({ json }));
}
