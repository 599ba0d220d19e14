import type { JsonObject } from '@millrace/workflow/items';
import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { convertField } from './convert-field.ts';

/** Gives the fields of one item: names and values, each converted to the type it was given. */
export type ReadFields = (itemIndex: number) => [string, unknown][];

/**
 * Reads the names and values the user assigns. What is the same for all items is looked at once; the values
 * of an item are all resolved before the first is converted.
 */
export function createReadFields(context: ExecuteContext): ReadFields {
  const readRows = createReadRows(context);
  return (index) => {
    const isLenient =
      context.param('options.ignoreConversionErrors', index, { fallback: false }) === true;
    return readRows(index).map(({ name, type, value }) => {
      const converted = convertField(value, type);
      if (converted.ok) return [name, converted.value];
      if (isLenient) return [name, value];
      throw misfit(context, name, type, value, index);
    });
  };
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

const absent = { fallback: undefined };

function createReadRows(context: ExecuteContext): (itemIndex: number) => readonly Row[] {
  const isNewForm = context.node.typeVersion >= 3.3;
  const path = isNewForm ? 'assignments.assignments' : 'fields.values';
  const written = context.param(path, 0, { fallback: [], raw: true });
  const areFixed =
    Array.isArray(written) && written.every(({ name, type }) => isFixed(name) && isFixed(type));
  if (!areFixed) {
    return (index) =>
      list(context.param(path, index, { fallback: [] })).map((row) => ({
        ...aboutRow(row, isNewForm),
        value: row[valueKey(row, isNewForm)],
      }));
  }
  const rows = list(written).map((row, at) => ({
    ...aboutRow(row, isNewForm),
    path: `${path}[${at}].${valueKey(row, isNewForm)}`,
  }));
  return (index) =>
    rows.map(({ name, type, path: valuePath }) => ({
      name,
      type,
      value: context.param(valuePath, index, absent),
    }));
}

const isFixed = (value: unknown) => typeof value !== 'string' || !value.startsWith('=');

/** Before 3.3 the type was told by the key of the value, such as `numberValue`. */
const valueKey = (row: JsonObject, isNewForm: boolean): string =>
  isNewForm ? 'value' : String(row.type ?? 'stringValue');

const aboutRow = (row: JsonObject, isNewForm: boolean): Pick<Row, 'name' | 'type'> => ({
  name: String(row.name ?? ''),
  type: isNewForm ? String(row.type ?? 'string') : valueKey(row, isNewForm).replace(/Value$/, ''),
});

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value : []);

function misfit(
  context: ExecuteContext,
  name: string,
  type: string,
  value: unknown,
  itemIndex: number,
): NodeError {
  const advice = `Change the type of the field "${name}", or ignore type conversion errors in the options`;
  return new NodeError(
    `'${name}' expects a ${type} but we got ${shown(value)} [item ${itemIndex}]`,
    { node: context.node.name, itemIndex, description: advice },
    { fix: advice },
  );
}

const shown = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : `'${String(value)}'`;
