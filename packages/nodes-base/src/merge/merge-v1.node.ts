import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { isEqual } from '../fields/equality.ts';
import { getField } from '../fields/field-path.ts';
import { lineage, paired } from './lineage.ts';
import { mergeIcon } from './merge.node.ts';

const keyed = ['keepKeyMatches', 'mergeByKey', 'removeKeyMatches'];

/** Version 1 of Merge. */
export const mergeV1Node = defineNode({
  name: 'n8n-nodes-base.merge',
  label: 'Merge',
  description: 'Brings the items of two inputs together',
  version: 1,
  group: ['flow'],
  icon: mergeIcon,
  inputs: ['main', 'main'],
  inputNames: ['Input 1', 'Input 2'],
  pure: true,
  params: {
    mode: p.options({
      label: 'Mode',
      default: 'append',
      choices: [
        { value: 'append', label: 'Append' },
        { value: 'keepKeyMatches', label: 'Keep key matches' },
        { value: 'mergeByIndex', label: 'Merge by index' },
        { value: 'mergeByKey', label: 'Merge by key' },
        { value: 'multiplex', label: 'Multiplex' },
        { value: 'passThrough', label: 'Pass through' },
        { value: 'removeKeyMatches', label: 'Remove key matches' },
        { value: 'wait', label: 'Wait' },
      ],
    }),
    join: p.options({
      label: 'Join',
      default: 'left',
      when: { mode: ['mergeByIndex'] },
      choices: [
        { value: 'inner', label: 'Inner join' },
        { value: 'left', label: 'Left join' },
        { value: 'outer', label: 'Outer join' },
      ],
    }),
    propertyName1: p.string({ label: 'Property input 1', required: true, when: { mode: keyed } }),
    propertyName2: p.string({ label: 'Property input 2', required: true, when: { mode: keyed } }),
    output: p.options({
      label: 'Output data',
      default: 'input1',
      when: { mode: ['passThrough'] },
      choices: [
        { value: 'input1', label: 'Input 1' },
        { value: 'input2', label: 'Input 2' },
      ],
    }),
    overwrite: p.options({
      label: 'Overwrite',
      default: 'always',
      when: { mode: ['mergeByKey'] },
      choices: [
        { value: 'always', label: 'Always' },
        { value: 'blank', label: 'If blank' },
        { value: 'undefined', label: 'If missing' },
      ],
    }),
  },
  execute(context) {
    const mode = String(context.param('mode', 0));
    const merge = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
    return [merge?.(context, paired(context.items(0), 0), paired(context.items(1), 1)) ?? []];
  },
});

type Mode = (context: ExecuteContext, first: readonly Item[], second: readonly Item[]) => Batch;

const modes: Readonly<Record<string, Mode>> = {
  append: (_context, first, second) => [...first, ...second],
  mergeByIndex,
  mergeByKey,
  keepKeyMatches: (context, first, second) =>
    first.filter((item) => keyMatch(context, item, second)),
  removeKeyMatches: (context, first, second) =>
    first.filter((item) => !keyMatch(context, item, second)),
  multiplex: (_context, first, second) =>
    first.flatMap((item) => second.map((other) => both(item, other))),
  passThrough: (context, first, second) =>
    context.param('output', 0) === 'input2' ? second : first,
  wait: (_context, first) => [{ json: {}, pairedItem: lineage(first) }],
};

function mergeByIndex(
  context: ExecuteContext,
  first: readonly Item[],
  second: readonly Item[],
): Batch {
  const lengths = {
    inner: Math.min(first.length, second.length),
    outer: Math.max(first.length, second.length),
  };
  const join = context.param('join', 0);
  const length = join === 'inner' || join === 'outer' ? lengths[join] : first.length;
  return Array.from({ length }, (_, index) => {
    const [item, other] = [first[index], second[index]];
    return item && other ? both(item, other) : (item ?? other ?? { json: {} });
  });
}

function mergeByKey(
  context: ExecuteContext,
  first: readonly Item[],
  second: readonly Item[],
): Batch {
  const overwrite = String(context.param('overwrite', 0));
  return first.map((item) => {
    const match = keyMatch(context, item, second);
    if (!match) return item;
    return { ...item, json: overwritten(item.json, match.json, overwrite) };
  });
}

/** The last item of input 2 with the same key. */
function keyMatch(context: ExecuteContext, item: Item, second: readonly Item[]): Item | undefined {
  const key = getField(item.json, String(context.param('propertyName1', 0)));
  if (key === undefined) return undefined;
  const name = String(context.param('propertyName2', 0));
  return second.findLast((other) => isEqual(getField(other.json, name), key));
}

function overwritten(json: JsonObject, from: JsonObject, overwrite: string): JsonObject {
  if (overwrite === 'always') return { ...json, ...from };
  const isOpen = (key: string) =>
    json[key] === undefined || (overwrite === 'blank' && (json[key] === null || json[key] === ''));
  return { ...json, ...Object.fromEntries(Object.entries(from).filter(([key]) => isOpen(key))) };
}

const both = (item: Item, other: Item): Item => ({
  json: { ...item.json, ...other.json },
  ...((item.binary || other.binary) && { binary: { ...item.binary, ...other.binary } }),
  pairedItem: lineage([item, other]),
});
