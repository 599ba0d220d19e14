import { NodeError } from '@millrace/workflow/errors';
import type { Batch, JsonObject } from '@millrace/workflow/items';
import {
  defineNode,
  describeParams,
  p,
  type AboutNode,
  type ExecuteContext,
  type ParamMap,
} from '@millrace/workflow/node-api';
import { isEqual } from '../fields/equality.ts';
import { fieldList } from '../fields/field-list.ts';
import { getField, setField, type FieldStyle } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { removeSeenBefore } from './seen-before.ts';
import { historyParams } from './history.properties.ts';

const about = {
  name: 'n8n-nodes-base.removeDuplicates',
  label: 'Remove Duplicates',
  description: 'Drops items that came before',
  icon: icon('M4 4h10v10H4z', 'M10 18v2h10V10h-2'),
} satisfies Omit<AboutNode, 'version'>;

const compareParams: ParamMap = {
  compare: p.options({
    label: 'Compare',
    default: 'allFields',
    choices: [
      { value: 'allFields', label: 'All fields' },
      { value: 'allFieldsExcept', label: 'All fields except' },
      { value: 'selectedFields', label: 'Selected fields' },
    ],
  }),
  fieldsToExclude: p.string({ label: 'Fields to exclude', when: { compare: ['allFieldsExcept'] } }),
  fieldsToCompare: p.string({ label: 'Fields to compare', when: { compare: ['selectedFields'] } }),
};

/** Versions 1 and 1.1: among the items of one run. */
export const removeDuplicatesV1Node = defineNode({
  ...about,
  version: [1, 1.1],
  pure: true,
  params: {
    ...compareParams,
    options: p.collection({
      label: 'Options',
      when: { compare: ['allFieldsExcept', 'selectedFields'] },
      fields: {
        disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
        removeOtherFields: p.boolean({ label: 'Remove other fields' }),
      },
    }),
  },
  execute: (context) => [withoutDuplicates(context)],
});

/** Version 2: also against earlier executions. */
export const removeDuplicatesNode = defineNode({
  ...about,
  version: 2,
  defaultVersion: 2,
  outputs:
    '={{ $parameter.operation === "removeItemsSeenInPreviousExecutions" ? [{ type: "main", displayName: "Kept" }, { type: "main", displayName: "Discarded" }] : [{ type: "main" }] }}',
  properties: describeParams(historyParams(compareParams)),
  execute(context) {
    switch (context.param('operation', 0)) {
      case 'removeItemsSeenInPreviousExecutions':
        return removeSeenBefore(context);
      case 'clearDeduplicationHistory':
        delete context.staticData('node').seen;
        return [context.items()];
      default:
        return [withoutDuplicates(context)];
    }
  },
});

/** The first of each set of equal items. Fields that vary in type or are missing are an error, as in n8n. */
export function withoutDuplicates(context: ExecuteContext): Batch {
  const items = context.items();
  const style =
    context.param('options.disableDotNotation', 0, { fallback: false }) === true ? 'key' : 'path';
  const fields = comparedFields(context, items);
  const isSelected = context.param('compare', 0) === 'selectedFields';
  for (const field of fields)
    requireOneType(context, items, { field, style, isRequired: isSelected });
  const kept = new Map<string, (readonly unknown[])[]>();
  const unique = items
    .map((item, index) => ({ ...item, pairedItem: { item: index } }))
    .filter((item) => {
      const values = fields.map((field) => getField(item.json, field, style));
      const bucket = kept.get(JSON.stringify(values.map(typeOf))) ?? [];
      if (bucket.some((other) => isEqual(other, values))) return false;
      kept.set(JSON.stringify(values.map(typeOf)), [...bucket, values]);
      return true;
    });
  const isStripped = context.param('options.removeOtherFields', 0, { fallback: false }) === true;
  return isStripped
    ? unique.map((item) => ({ ...item, json: only(item.json, fields, style) }))
    : unique;
}

/** Scalars by value, so that large inputs fall into small buckets. */
const typeOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? 'object' : `${typeof value}:${String(value)}`;

function comparedFields(context: ExecuteContext, items: Batch): string[] {
  const compare = context.param('compare', 0);
  if (compare === 'selectedFields') {
    const fields = fieldList(context.param('fieldsToCompare', 0, { fallback: '' }));
    if (fields.length) return fields;
    throw failure(context, 'No fields specified', 'Name the fields to compare');
  }
  const all = [...new Set(items.flatMap((item) => Object.keys(item.json)))];
  if (compare !== 'allFieldsExcept') return all;
  const excluded = fieldList(context.param('fieldsToExclude', 0, { fallback: '' }));
  return all.filter((field) => !excluded.includes(field));
}

function requireOneType(
  context: ExecuteContext,
  items: Batch,
  { field, style, isRequired }: { field: string; style: FieldStyle; isRequired: boolean },
): void {
  const types = items
    .map((item) => getField(item.json, field, style))
    .map((value) => (value === undefined ? undefined : typeof value));
  if (isRequired && types.includes(undefined)) {
    throw failure(
      context,
      `'${field}' field is missing from some input items`,
      'Compare a field that all items have',
    );
  }
  const present = types.filter((type) => type !== undefined);
  if (new Set(present).size <= 1) return;
  throw failure(
    context,
    `'${field}' isn't always the same type`,
    `Convert "${field}" to one type before`,
  );
}

const only = (json: JsonObject, fields: readonly string[], style: FieldStyle) =>
  fields.reduce<JsonObject>((result, field) => {
    const value = getField(json, field, style);
    return value === undefined ? result : setField(result, field, value, style);
  }, {});

const failure = (context: ExecuteContext, message: string, fix: string) =>
  new NodeError(message, { node: context.node.name }, { fix });
