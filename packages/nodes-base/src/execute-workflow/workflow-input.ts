import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { convertField } from '../set/convert-field.ts';

/** The item the other workflow starts with: mapped inputs, or the item as it is when none are mapped. */
export function workflowInput(context: ExecuteContext, item: Item, index: number): Item {
  if (context.node.typeVersion < 1.2) return item;
  const mapper = record(context.param('workflowInputs', index, { fallback: {} }));
  const schema = list(mapper.schema).filter((column) => column.removed !== true);
  const values = record(mapper.value);
  const isMapped =
    mapper.mappingMode === 'defineBelow' && (schema.length > 0 || Object.keys(values).length > 0);
  if (!isMapped) return item;
  const types = new Map(schema.map((column) => [String(column.id), String(column.type ?? 'any')]));
  const json = Object.entries(values).map(([name, value]) => [
    name,
    typed(context, index, { name, value, type: types.get(name) ?? 'any' }),
  ]);
  return { json: Object.fromEntries(json), ...(item.binary && { binary: item.binary }) };
}

function typed(
  context: ExecuteContext,
  itemIndex: number,
  { name, value, type }: { name: string; value: unknown; type: string },
): unknown {
  const converted = convertField(value, type);
  if (converted.ok) return converted.value;
  throw new NodeError(
    `'${name}' expects a ${type} but we got '${String(value)}'`,
    { node: context.node.name, itemIndex },
    { fix: `Give "${name}" a ${type}` },
  );
}

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value : []);

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
