import { NodeError } from '@millrace/workflow/errors';
import type { Batch, BinaryData, Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { isEqual } from '../fields/equality.ts';
import { fieldList } from '../fields/field-list.ts';
import { getField, lastStep, setField, unsetField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';

/** Makes one item of many. */
export const aggregateNode = defineNode({
  name: 'n8n-nodes-base.aggregate',
  label: 'Aggregate',
  description: 'Gathers fields of many items into one item',
  version: 1,
  icon: icon('M4 6h7l4 6', 'M4 12h16', 'M4 18h7l4-6'),
  pure: true,
  params: {
    aggregate: p.options({
      label: 'Aggregate',
      default: 'aggregateIndividualFields',
      choices: [
        { value: 'aggregateIndividualFields', label: 'Individual fields' },
        { value: 'aggregateAllItemData', label: 'All item data (into a single list)' },
      ],
    }),
    fieldsToAggregate: p.list({
      label: 'Fields to aggregate',
      group: 'fieldToAggregate',
      when: { aggregate: ['aggregateIndividualFields'] },
      default: { fieldToAggregate: [{ fieldToAggregate: '', renameField: false }] },
      item: {
        fieldToAggregate: p.string({ label: 'Input field name' }),
        renameField: p.boolean({ label: 'Rename field' }),
        outputFieldName: p.string({ label: 'Output field name', when: { renameField: [true] } }),
      },
    }),
    destinationFieldName: p.string({
      label: 'Put output in field',
      default: 'data',
      when: { aggregate: ['aggregateAllItemData'] },
    }),
    include: p.options({
      label: 'Include',
      default: 'allFields',
      when: { aggregate: ['aggregateAllItemData'] },
      choices: [
        { value: 'allFields', label: 'All fields' },
        { value: 'specifiedFields', label: 'Specified fields' },
        { value: 'allFieldsExcept', label: 'All fields except' },
      ],
    }),
    fieldsToExclude: p.string({
      label: 'Fields to exclude',
      when: { aggregate: ['aggregateAllItemData'], include: ['allFieldsExcept'] },
    }),
    fieldsToInclude: p.string({
      label: 'Fields to include',
      when: { aggregate: ['aggregateAllItemData'], include: ['specifiedFields'] },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
        mergeLists: p.boolean({ label: 'Merge lists' }),
        includeBinaries: p.boolean({ label: 'Include binaries' }),
        keepOnlyUnique: p.boolean({ label: 'Keep only unique binaries' }),
        keepMissing: p.boolean({ label: 'Keep missing and null values' }),
      },
    }),
  },
  execute: (context) => [[aggregateItems(context)]],
});

/** All items as one, paired to all of them. */
export function aggregateItems(context: ExecuteContext): Item {
  const items = context.items();
  const isWhole = context.param('aggregate', 0) === 'aggregateAllItemData';
  const binary = isOn(context, 'includeBinaries')
    ? gatherFiles(items, isOn(context, 'keepOnlyUnique'))
    : {};
  return {
    json: isWhole ? wholeItems(context, items) : singleFields(context, items),
    pairedItem: items.map((_item, index) => ({ item: index })),
    ...(Object.keys(binary).length > 0 && { binary }),
  };
}

function wholeItems(context: ExecuteContext, items: Batch): JsonObject {
  const include = context.param('include', 0, { fallback: 'allFields' });
  const destination = String(context.param('destinationFieldName', 0));
  const kept = fieldList(context.param('fieldsToInclude', 0, { fallback: '' }));
  const dropped = fieldList(context.param('fieldsToExclude', 0, { fallback: '' }));
  const rows = items.map(({ json }) => {
    if (include === 'specifiedFields')
      return Object.fromEntries(Object.entries(json).filter(([key]) => kept.includes(key)));
    return include === 'allFieldsExcept'
      ? dropped.reduce((rest, field) => unsetField(rest, field), json)
      : json;
  });
  return {
    [destination]:
      include === 'allFields' ? rows : rows.filter((row) => Object.keys(row).length > 0),
  };
}

function singleFields(context: ExecuteContext, items: Batch): JsonObject {
  const style = isOn(context, 'disableDotNotation') ? 'key' : 'path';
  const rows = context.param<readonly JsonObject[]>('fieldsToAggregate.fieldToAggregate', 0, {
    fallback: [],
  });
  const used = new Set<string>();
  return rows.reduce<JsonObject>((json, row) => {
    const field = String(row.fieldToAggregate ?? '');
    const renamed = row.renameField === true ? String(row.outputFieldName ?? '') : '';
    const output = renamed || (style === 'path' ? lastStep(field) : field);
    if (used.has(output)) throw duplicate(context, output);
    used.add(output);
    const values = items.map((item) => getField(item.json, field, style));
    return setField(json, output, gathered(context, values), renamed ? style : 'key');
  }, {});
}

function gathered(context: ExecuteContext, values: readonly unknown[]): unknown[] {
  const present = isOn(context, 'keepMissing')
    ? values.map((value) => value ?? null)
    : values.filter((value) => value !== undefined && value !== null);
  return isOn(context, 'mergeLists') ? present.flat() : present;
}

/** Files of all items; a name already taken gets a number. */
function gatherFiles(items: Batch, isUniqueOnly: boolean): Record<string, BinaryData> {
  const files: Record<string, BinaryData> = {};
  for (const [name, file] of items.flatMap((item) => Object.entries(item.binary ?? {}))) {
    if (isUniqueOnly && Object.values(files).some((other) => isSameFile(other, file))) continue;
    let free = name;
    for (let count = 1; Object.hasOwn(files, free); count += 1) free = `${name}_${count}`;
    files[free] = file;
  }
  return files;
}

const isSameFile = (a: BinaryData, b: BinaryData) =>
  isEqual(
    [a.mimeType, a.fileType, a.fileSize, a.fileExtension],
    [b.mimeType, b.fileType, b.fileSize, b.fileExtension],
  );

const isOn = (context: ExecuteContext, option: string) =>
  context.param(`options.${option}`, 0, { fallback: false }) === true;

const duplicate = (context: ExecuteContext, output: string) =>
  new NodeError(
    `The '${output}' output field is used more than once`,
    { node: context.node.name, description: 'Please make sure each output field name is unique' },
    { fix: 'Give each output field its own name' },
  );
