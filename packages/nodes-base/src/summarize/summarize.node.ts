import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, visitItems, type ExecuteContext } from '@millrace/workflow/node-api';
import { fieldList } from '../fields/field-list.ts';
import { fieldReader, hasField, type FieldStyle } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { aggregated, columnName, type Aggregation } from './aggregations.ts';

const kinds = [
  'append',
  'average',
  'concatenate',
  'count',
  'countUnique',
  'max',
  'min',
  'sum',
] as const;

/** Sums, counts and the like, over all items or by group. */
export const summarizeNode = defineNode({
  name: 'n8n-nodes-base.summarize',
  label: 'Summarize',
  description: 'Sums, counts and compares items, by group',
  version: [1, 1.1],
  defaultVersion: 1.1,
  icon: icon('M6 4h12v3', 'M6 4l6 8-6 8h12v-3'),
  pure: true,
  params: {
    fieldsToSummarize: p.list({
      label: 'Fields to summarize',
      addLabel: 'Add field',
      default: { values: [{ aggregation: 'count', field: '' }] },
      item: {
        aggregation: p.options({
          label: 'Aggregation',
          default: 'count',
          choices: kinds.map((value) => ({ value, label: value })),
        }),
        field: p.string({ label: 'Field' }),
        includeEmpty: p.boolean({
          label: 'Include empty values',
          when: { aggregation: ['append', 'concatenate', 'count', 'countUnique'] },
        }),
        separateBy: p.raw({
          label: 'Separator',
          type: 'options',
          default: ',',
          when: { aggregation: ['concatenate'] },
          options: [
            { name: 'Comma', value: ',' },
            { name: 'Comma and space', value: ', ' },
            { name: 'New line', value: '\n' },
            { name: 'None', value: '' },
            { name: 'Space', value: ' ' },
            { name: 'Other', value: 'other' },
          ],
        }),
        customSeparator: p.string({
          label: 'Custom separator',
          when: { aggregation: ['concatenate'], separateBy: ['other'] },
        }),
      },
    }),
    fieldsToSplitBy: p.string({ label: 'Fields to split by', placeholder: 'country, city' }),
    options: p.collection({
      label: 'Options',
      fields: {
        continueIfFieldNotFound: p.boolean({
          label: 'Continue if field not found',
          when: { '@version': [1] },
        }),
        disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
        outputFormat: p.options({
          label: 'Output format',
          default: 'separateItems',
          choices: [
            { value: 'separateItems', label: 'Each group in a separate item' },
            { value: 'singleItem', label: 'All groups in a single item' },
          ],
        }),
        skipEmptySplitFields: p.boolean({ label: 'Ignore items without valid fields to group by' }),
      },
    }),
  },
  execute: async (context) => [await summarizeItems(context)],
});

interface Group {
  readonly keys: readonly unknown[];
  /** Indexes of the group's items. */
  readonly rows: number[];
}

/** One item per group, or all groups nested in one item. */
export async function summarizeItems(context: ExecuteContext): Promise<Batch> {
  const items = context.items();
  const style =
    context.param('options.disableDotNotation', 0, { fallback: false }) === true ? 'key' : 'path';
  const columns = aggregations(context).map((column) => ({
    ...column,
    read: fieldReader(column.field, style),
  }));
  requireFields(context, items, columns, style);
  const splitBy = fieldList(context.param('fieldsToSplitBy', 0, { fallback: '' }));
  const groups = await groupItems(context, splitBy, style);
  const summary = (group: Group): JsonObject =>
    Object.fromEntries(
      columns.map((column) => [
        columnName(column),
        aggregated(
          column,
          group.rows.map((row) => column.read(items[row]?.json)),
        ),
      ]),
    );
  if (context.param('options.outputFormat', 0, { fallback: 'separateItems' }) === 'singleItem') {
    const json = groups.reduce(
      (result, group) => nested(result, group.keys.map(String), summary(group)),
      {},
    );
    return [{ json, pairedItem: items.map((_item, index) => ({ item: index })) }];
  }
  return groups.map((group) => ({
    json: {
      ...summary(group),
      ...Object.fromEntries(
        splitBy.map((field, at) => [field.replaceAll('.', '_'), group.keys[at]]),
      ),
    },
    pairedItem: group.rows.map((item) => ({ item })),
  }));
}

function groupItems(
  context: ExecuteContext,
  splitBy: readonly string[],
  style: FieldStyle,
): Promise<Group[]> | Group[] {
  const isEmptySkipped =
    context.param('options.skipEmptySplitFields', 0, { fallback: false }) === true;
  const groups = new Map<string, Group>();
  const readers = splitBy.map((field) => fieldReader(field, style));
  const visit = ({ json }: Item, index: number) => {
    const keys = readers.map((read) => read(json) ?? null);
    if (isEmptySkipped && keys.some((key) => key === null || key === '')) return;
    const name = JSON.stringify(keys);
    const held = groups.get(name);
    if (held) held.rows.push(index);
    else groups.set(name, { keys, rows: [index] });
  };
  return visitItems(context, visit, () => [...groups.values()]);
}

function nested(
  into: JsonObject,
  [key, ...rest]: readonly string[],
  summary: JsonObject,
): JsonObject {
  if (key === undefined) return { ...into, ...summary };
  const inner = into[key];
  const holder =
    typeof inner === 'object' && inner !== null ? Object.fromEntries(Object.entries(inner)) : {};
  return { ...into, [key]: nested(holder, rest, summary) };
}

function aggregations(context: ExecuteContext): Aggregation[] {
  const rows = context.param<readonly JsonObject[]>('fieldsToSummarize.values', 0, {
    fallback: [],
  });
  return rows.map((row) => ({
    kind: String(row.aggregation ?? 'count'),
    field: String(row.field ?? ''),
    includeEmpty: row.includeEmpty === true,
    separator:
      row.separateBy === 'other'
        ? String(row.customSeparator ?? '')
        : String(row.separateBy ?? ','),
  }));
}

/** Version 1 insists that each field is in some item. */
function requireFields(
  context: ExecuteContext,
  items: Batch,
  columns: readonly Aggregation[],
  style: FieldStyle,
): void {
  const isLenient =
    context.node.typeVersion > 1 ||
    context.param('options.continueIfFieldNotFound', 0, { fallback: false }) === true;
  const missing = columns.find(
    ({ field }) => !items.some((item) => hasField(item.json, field, style)),
  );
  if (!missing || isLenient) return;
  throw new NodeError(
    `The field '${missing.field}' does not exist in any items`,
    { node: context.node.name },
    { fix: 'Check the name of the field' },
  );
}
