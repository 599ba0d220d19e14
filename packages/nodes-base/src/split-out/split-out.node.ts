import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { fieldList } from '../fields/field-list.ts';
import { getField, unsetField, type FieldStyle } from '../fields/field-path.ts';
import { icon } from '../icon.ts';

/** Makes an item of each element of a list inside an item. */
export const splitOutNode = defineNode({
  name: 'n8n-nodes-base.splitOut',
  label: 'Split Out',
  description: 'Turns a list inside an item into items',
  version: 1,
  icon: icon('M4 12h5', 'M9 12l4-6h7', 'M9 12h11', 'M9 12l4 6h7'),
  pure: true,
  params: {
    fieldToSplitOut: p.string({ label: 'Fields to split out', required: true }),
    include: p.options({
      label: 'Include',
      default: 'noOtherFields',
      choices: [
        { value: 'noOtherFields', label: 'No other fields' },
        { value: 'allOtherFields', label: 'All other fields' },
        { value: 'selectedOtherFields', label: 'Selected other fields' },
      ],
    }),
    fieldsToInclude: p.string({
      label: 'Fields to include',
      when: { include: ['selectedOtherFields'] },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
        destinationFieldName: p.string({ label: 'Destination field name' }),
        includeBinary: p.boolean({ label: 'Include binary' }),
      },
    }),
  },
  execute: (context) => [splitOutItems(context)],
});

/** An item per element of the fields to split out, as the node's parameters say. */
export function splitOutItems(context: ExecuteContext): Batch {
  return context.items().flatMap((item, index) => {
    const plan = splitPlan(context, index);
    const lists = plan.fields.map((field) => elements(getField(item.json, field, plan.style)));
    const length = Math.max(0, ...lists.map((list) => list.length));
    const base = otherFields(item.json, plan);
    const hasBinary =
      context.param('options.includeBinary', index, { fallback: false }) === true && item.binary;
    return Array.from({ length }, (_, position): Item => ({
      json: rowOf({ plan, lists, position, base }),
      pairedItem: { item: index },
      ...(hasBinary && { binary: item.binary }),
    }));
  });
}

interface SplitPlan {
  readonly fields: readonly string[];
  readonly destinations: readonly string[];
  readonly style: FieldStyle;
  readonly include: string;
  readonly included: readonly string[];
}

function splitPlan(context: ExecuteContext, index: number): SplitPlan {
  const fields = fieldList(context.param('fieldToSplitOut', index));
  const destinations = fieldList(
    context.param('options.destinationFieldName', index, { fallback: '' }),
  );
  if (destinations.length && destinations.length !== fields.length) {
    throw new NodeError(
      'If multiple fields to split out are given, the same number of destination fields must be given',
      { node: context.node.name, itemIndex: index },
      { fix: 'Name one destination field for each field' },
    );
  }
  return {
    fields,
    destinations,
    style:
      context.param('options.disableDotNotation', index, { fallback: false }) === true
        ? 'key'
        : 'path',
    include: String(context.param('include', index)),
    included: fieldList(context.param('fieldsToInclude', index, { fallback: '' })),
  };
}

/** Lists by element, objects by value, anything else as the only element; a missing field has none. */
function elements(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value) : [value];
}

function otherFields(
  json: JsonObject,
  { fields, style, include, included }: SplitPlan,
): JsonObject {
  if (include === 'allOtherFields')
    return fields.reduce((rest, field) => unsetField(rest, field, style), json);
  if (include !== 'selectedOtherFields') return {};
  return Object.fromEntries(included.map((field) => [field, getField(json, field, style)]));
}

interface Row {
  readonly plan: SplitPlan;
  readonly lists: readonly (readonly unknown[])[];
  readonly position: number;
  readonly base: JsonObject;
}

function rowOf({ plan, lists, position, base }: Row): JsonObject {
  const { fields, destinations, include } = plan;
  const only = lists[0]?.[position];
  const isSpread = include === 'noOtherFields' && fields.length === 1 && !destinations.length;
  if (isSpread && typeof only === 'object' && only !== null) return { ...only };
  const values = fields.flatMap((field, at) => {
    const list = lists[at] ?? [];
    return position < list.length ? [[destinations[at] ?? field, list[position]] as const] : [];
  });
  return { ...base, ...Object.fromEntries(values) };
}
