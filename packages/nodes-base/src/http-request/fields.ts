import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';

/**
 * Name/value rows as one object.
 *
 * @param repeated - What a name given twice means: a list of both, or the last one.
 */
export function keyValues(
  context: ExecuteContext,
  path: string,
  index: number,
  repeated: 'collect' | 'last',
): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const { name, value } of rows(context, path, index)) {
    if (repeated === 'last' || !(name in fields)) fields[name] = value;
    else fields[name] = [fields[name], value].flat();
  }
  return fields;
}

export interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly [key: string]: unknown;
}

export function rows(context: ExecuteContext, path: string, index: number): readonly Row[] {
  const list = context.param<unknown>(path, index, { fallback: [] });
  return (Array.isArray(list) ? list : []).filter(isRecord).map((row) => ({
    ...row,
    name: row['name'] === undefined ? '' : String(row['name']),
    value: row['value'],
  }));
}

/** An object written as JSON text, or given by an expression. @throws {NodeError} when it is neither. */
export function jsonField(
  context: ExecuteContext,
  path: string,
  label: string,
  index: number,
): Record<string, unknown> {
  const value = jsonValue(context, path, label, index);
  if (value === undefined) return Object.create(null);
  if (isRecord(value)) return value;
  throw invalid(context, label, index, 'It is not an object');
}

/** Any JSON, as text or as a value; `undefined` for an empty field. */
export function jsonValue(
  context: ExecuteContext,
  path: string,
  label: string,
  index: number,
): unknown {
  const given = context.param<unknown>(path, index, { fallback: '' });
  if (typeof given !== 'string') return given;
  if (!given.trim()) return undefined;
  try {
    return JSON.parse(given);
  } catch (error) {
    throw invalid(context, label, index, error instanceof Error ? error.message : String(error));
  }
}

function invalid(
  { node }: ExecuteContext,
  label: string,
  itemIndex: number,
  description: string,
): NodeError {
  return new NodeError(
    `The value in the "${label}" field is not valid JSON`,
    { node: node.name, itemIndex, description },
    { fix: `Correct the JSON in "${label}"` },
  );
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
