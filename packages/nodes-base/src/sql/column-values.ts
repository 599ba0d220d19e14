import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { isRecord, rows } from '../http-request/fields.ts';
import type { Dialect } from './dialect.ts';
import type { ColumnValues } from './statements.ts';

/** What is to be written into a row, and by which columns the row is known. */
export interface RowInput {
  readonly values: ColumnValues;
  readonly matched: ColumnValues;
}

interface ReadOptions {
  readonly dialect: Dialect;
  readonly columns: ReadonlyMap<string, string>;
  readonly emptyIsNull: boolean;
  /** The statement finds a row, so what it is found by has to be given. */
  readonly finds: boolean;
}

/**
 * The row of one item, from the resource mapper `columns` or the older `dataMode` and `valuesToSend`.
 *
 * @throws {NodeError} naming a column the table does not have, or a match that has no value.
 */
export function readRow(
  context: ExecuteContext,
  index: number,
  { dialect, columns, emptyIsNull, finds }: ReadOptions,
): RowInput {
  const about = { node: context.node.name, itemIndex: index };
  const { given, matching } = writtenBy(context, index);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const values = entries.map(([column, value]) => {
    const type = columns.get(column);
    if (type === undefined) throw unknownColumn(column, columns, about);
    const kept = emptyIsNull && value === '' ? null : value;
    return [column, dialect.bindable(kept, type)] as const;
  });
  const byName = new Map(values);
  const matched = (finds ? matching : []).map((column) => {
    const value = byName.get(column);
    if (value === undefined)
      throw new NodeError(`The item has no value for "${column}", which finds the row`, about, {
        fix: `Give the item a field "${column}", or choose another column to match on`,
      });
    return [column, value] as const;
  });
  return { values, matched };
}

function writtenBy(context: ExecuteContext, index: number) {
  const param = (path: string) => context.param<unknown>(path, index, { fallback: undefined });
  const item = context.items()[index]?.json ?? {};
  const mapper = param('columns');
  if (isRecord(mapper)) {
    const isAuto = mapper['mappingMode'] === 'autoMapInputData';
    const value = isRecord(mapper['value']) ? mapper['value'] : {};
    const matching = Array.isArray(mapper['matchingColumns']) ? mapper['matchingColumns'] : [];
    return { given: isAuto ? item : value, matching: matching.map(String) };
  }
  const matchOn = locatorValue(param('columnToMatchOn'));
  const matching = matchOn ? [matchOn] : [];
  if (param('dataMode') !== 'defineBelow') return { given: item, matching };
  const given: Record<string, unknown> = Object.create(null);
  for (const { column, value } of rows(context, 'valuesToSend.values', index))
    given[String(column)] = value;
  if (matchOn) given[matchOn] = param('valueToMatchOn');
  return { given, matching };
}

/** The name a resource locator holds, or the bare name. */
export const locatorValue = (value: unknown): string =>
  String((isRecord(value) ? value['value'] : value) ?? '').trim();

function unknownColumn(
  column: string,
  columns: ReadonlyMap<string, string>,
  about: { node: string; itemIndex: number },
): NodeError {
  return new NodeError(
    `The table has no column "${column}"`,
    { ...about, description: `Its columns are: ${[...columns.keys()].join(', ')}` },
    { fix: 'Rename or remove the field before this node, or map the columns by hand' },
  );
}
