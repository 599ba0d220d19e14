import { coerce, type Coerced, type FieldType } from '../coerce.ts';

export type OperandType = 'string' | 'number' | 'dateTime' | 'boolean' | 'array' | 'object' | 'any';

export interface OperandOptions {
  readonly isStrict: boolean;
  /** Version of the filter value: how empty numbers and loose booleans are read. */
  readonly version: number;
  readonly timezone?: string;
}

/** Reads one side of a condition as its type. `null` and `undefined` pass as they are. */
export function readOperand(value: unknown, type: OperandType, options: OperandOptions): Coerced {
  if (value === null || value === undefined || type === 'any') return { ok: true, value };
  if (type === 'number' && options.version >= 3 && isEmpty(value)) return { ok: true, value: null };
  const field: FieldType = type;
  const zone = options.timezone === undefined ? {} : { timezone: options.timezone };
  if (options.isStrict) return coerce(value, field, { strict: true, ...zone });
  if (type === 'boolean') return readBoolean(value, options.version);
  return coerce(value, field, { parseStrings: true, ...zone });
}

/** The type name n8n's messages use. */
export function typeName(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0);

function readBoolean(value: unknown, version: number): Coerced {
  const read: Coerced = version >= 2 ? coerce(value, 'boolean') : { ok: false, message: '' };
  return read.ok ? read : { ok: true, value: Boolean(value) && !isEmpty(value) };
}
