import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { fieldList } from '../fields/field-list.ts';
import { getField, lastStep, unsetField, type FieldStyle } from '../fields/field-path.ts';

/** The fields of the incoming item that stay. */
export function includedFields(
  context: ExecuteContext,
  item: Item,
  index: number,
  style: FieldStyle,
): JsonObject {
  switch (inclusion(context, index)) {
    case 'none':
      return {};
    case 'selected':
      return selected(
        item.json,
        fieldList(context.param('includeFields', index, { fallback: '' })),
        style,
      );
    case 'except':
      return fieldList(context.param('excludeFields', index, { fallback: '' })).reduce(
        (json, name) => unsetField(json, name, style),
        item.json,
      );
    default:
      return item.json;
  }
}

function inclusion(context: ExecuteContext, index: number): unknown {
  const hasSwitch = context.node.typeVersion >= 3.3;
  if (hasSwitch && context.param('includeOtherFields', index, { fallback: false }) !== true)
    return 'none';
  return context.param('include', index, { fallback: 'all' });
}

/** A field taken out of an object is named by its last step. */
function selected(json: JsonObject, names: readonly string[], style: FieldStyle): JsonObject {
  const found = names.map(
    (name) => [style === 'path' ? lastStep(name) : name, getField(json, name, style)] as const,
  );
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
