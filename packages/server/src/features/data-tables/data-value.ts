import type { DataColumnType, DataValue } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';

/**
 * A value as its column keeps it (a date as ms since the epoch), where that loses nothing.
 * @throws {InvalidError} otherwise.
 */
export function readValue(name: string, type: DataColumnType, value: unknown): DataValue {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value.trim() : undefined;
  if (text === '' && type !== 'string') return null;
  const read = READ[type](value, text);
  if (read === undefined) throw new ValueError(name, type, value);
  return read;
}

type Read = (value: unknown, text: string | undefined) => DataValue | undefined;

const READ: Readonly<Record<DataColumnType, Read>> = {
  string: (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'object') return JSON.stringify(value);
    return String(value);
  },
  number: (value, text) => {
    const number = text === undefined ? value : Number(text);
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  boolean: (value, text) => {
    if (typeof value === 'boolean') return value;
    const word = text?.toLowerCase() ?? value;
    if (word === 'true' || word === 1 || word === '1') return true;
    return word === 'false' || word === 0 || word === '0' ? false : undefined;
  },
  date: (value, text) => {
    const at =
      text === undefined
        ? Number(value instanceof Date || typeof value === 'number' ? value : Number.NaN)
        : Date.parse(text);
    return Number.isSafeInteger(at) && Math.abs(at) <= MAX_DATE ? at : undefined;
  },
};

/** Further from 1970 there are no dates in JavaScript. */
const MAX_DATE = 8.64e15;

/** A kept value as it is shown. */
export const showValue = (type: DataColumnType, value: DataValue): DataValue =>
  type === 'date' && typeof value === 'number' ? new Date(value).toISOString() : value;

class ValueError extends InvalidError {
  constructor(name: string, type: DataColumnType, value: unknown) {
    const shown = JSON.stringify(value) ?? String(value);
    super(
      `Column "${name}" holds values of type ${type}, not ${shown.slice(0, 80)}`,
      `Give a ${type}, or leave it empty`,
    );
  }
}
