import type { Item } from '@millrace/workflow/items';
import { defineNode, visitItems, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { createReadFields, type ReadFields } from './assigned-fields.ts';
import { includedFields } from './included-fields.ts';
import { rawFields } from './raw-fields.ts';
import { setFields } from '../fields/field-path.ts';
import { setProperties } from './set.properties.ts';

/** Edit Fields: writes values into items, and chooses which fields stay. */
export const setNode = defineNode({
  name: 'n8n-nodes-base.set',
  label: 'Edit Fields (Set)',
  description: 'Adds, changes and removes fields of items',
  version: [3, 3.1, 3.2, 3.3, 3.4, 3.5],
  defaultVersion: 3.5,
  subtitle: '={{ $parameter["mode"] }}',
  icon: icon('M4 20h4L19 9l-4-4L4 16z', 'M13 7l4 4'),
  pure: true,
  properties: setProperties,
  execute(context) {
    const output: Item[] = [];
    const assigned = createReadFields(context);
    const visit = (item: Item, index: number) => {
      try {
        const edited = edit(context, item, index, assigned);
        for (let copy = copies(context, index); copy > 0; copy -= 1) output.push(edited);
      } catch (error) {
        if (!context.continueOnFail) throw error;
        const message = error instanceof Error ? error.message : String(error);
        output.push({ json: { error: message }, pairedItem: { item: index } });
      }
    };
    return visitItems(context, visit, () => [output]);
  },
});

function edit(context: ExecuteContext, item: Item, index: number, assigned: ReadFields): Item {
  const isRaw = context.param('mode', index) === 'raw';
  const isDotted = context.param('options.dotNotation', index, { fallback: true }) !== false;
  const style = isDotted ? 'path' : 'key';
  const fields = isRaw ? rawFields(context, index) : assigned(index);
  const included = includedFields(context, item, index, style);
  const json = isRaw
    ? { ...included, ...Object.fromEntries(fields) }
    : setFields(included, fields, style);
  const binary = keepsBinary(context, index) ? item.binary : undefined;
  const pairedItem = item.pairedItem ?? { item: index };
  return binary ? { json, pairedItem, binary } : { json, pairedItem };
}

/** Test runs may repeat each item, to try what follows with more of them. */
function copies(context: ExecuteContext, index: number): number {
  const isRepeated =
    context.mode === 'manual' &&
    context.param('duplicateItem', index, { fallback: false }) === true;
  return isRepeated ? 1 + Number(context.param('duplicateCount', index, { fallback: 0 })) : 1;
}

/** From 3.4 files follow "include other fields"; before, an option of their own. */
function keepsBinary(context: ExecuteContext, index: number): boolean {
  if (context.node.typeVersion < 3.4)
    return context.param('options.includeBinary', index, { fallback: true }) !== false;
  const isIncluded = context.param('includeOtherFields', index, { fallback: false }) === true;
  return isIncluded && context.param('options.stripBinary', index, { fallback: false }) !== true;
}
