import type { JsonObject } from '@millrace/workflow/items';
import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { convertField } from './convert-field.ts';

/** The names and values the user assigns, each converted to the type it was given. */
export function assignedFields(context: ExecuteContext, index: number): [string, unknown][] {
  const isLenient =
    context.param('options.ignoreConversionErrors', index, { fallback: false }) === true;
  return rows(context, index).map(({ name, type, value }) => {
    const converted = convertField(value, type);
    if (converted.ok) return [name, converted.value];
    if (isLenient) return [name, value];
    throw new NodeError(
      `'${name}' expects a ${type} but we got ${shown(value)} [item ${index}]`,
      {
        node: context.node.name,
        itemIndex: index,
        description: `Change the type of the field "${name}", or ignore type conversion errors in the options`,
      },
      {
        fix: `Change the type of the field "${name}", or ignore type conversion errors in the options`,
      },
    );
  });
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

function rows(context: ExecuteContext, index: number): Row[] {
  if (context.node.typeVersion >= 3.3) {
    return list(context.param('assignments.assignments', index, { fallback: [] })).map((row) => ({
      name: String(row.name ?? ''),
      type: String(row.type ?? 'string'),
      value: row.value,
    }));
  }
  return list(context.param('fields.values', index, { fallback: [] })).map((row) => {
    const key = String(row.type ?? 'stringValue');
    return { name: String(row.name ?? ''), type: key.replace(/Value$/, ''), value: row[key] };
  });
}

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value : []);

const shown = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : `'${String(value)}'`;
