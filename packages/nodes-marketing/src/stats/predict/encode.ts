import { mean, variance } from '../math/describe.ts';

/** What is known of one thing: numbers, names, yes or no. Null, absent and empty are unknown. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** How one number is read from facts; plain data, to be kept with a model. */
export type EncodedColumn =
  | {
      readonly kind: 'number';
      readonly fact: string;
      readonly middle: number;
      readonly spread: number;
    }
  | { readonly kind: 'value'; readonly fact: string; readonly value: string }
  | { readonly kind: 'unknown'; readonly fact: string };

/** Turns facts into the numbers a model reads, in the way it was learned from the training rows. */
export interface Encoder {
  readonly columns: readonly EncodedColumn[];
  /** What each number stands for: `visits`, `source=search`, `visits is unknown`. */
  readonly names: readonly string[];
  encode(facts: Facts): number[];
}

/** The encoder these columns were kept of. */
export const openEncoder = (columns: readonly EncodedColumn[]): Encoder => ({
  columns,
  names: columns.map(nameOf),
  encode: (facts) => columns.map((column) => readColumn(column, facts)),
});

/** A value that fewer rows have is not told apart from others. */
const LEAST_ROWS = 20;

/**
 * Learns an encoding: numbers are standardised with the mean in place of unknowns, names with at
 * least 20 rows become a column each, and a column says where a fact is often missing.
 */
export function learnEncoding(rows: readonly Facts[], leastRows = LEAST_ROWS): Encoder {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return openEncoder(names.flatMap((name) => columnsOf(name, rows, leastRows)));
}

function nameOf(column: EncodedColumn): string {
  switch (column.kind) {
    case 'number':
      return column.fact;
    case 'value':
      return `${column.fact}=${column.value}`;
    default:
      return `${column.fact} is unknown`;
  }
}

function readColumn(column: EncodedColumn, facts: Facts): number {
  const value = facts[column.fact];
  switch (column.kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? (value - column.middle) / column.spread
        : 0;
    case 'value':
      return !isUnknown(value) && String(value) === column.value ? 1 : 0;
    default:
      return isUnknown(value) ? 1 : 0;
  }
}

function columnsOf(fact: string, rows: readonly Facts[], leastRows: number): EncodedColumn[] {
  const known = rows.map((row) => row[fact]).filter((value) => !isUnknown(value));
  const unknown = rows.length - known.length;
  const missing: EncodedColumn[] =
    unknown >= leastRows && known.length >= leastRows ? [{ kind: 'unknown', fact }] : [];
  const isNumeric = known.length > 0 && known.every((value) => typeof value === 'number');
  return [
    ...(isNumeric ? numberColumn(fact, known) : valueColumns(fact, known, leastRows)),
    ...missing,
  ];
}

function numberColumn(fact: string, known: readonly unknown[]): EncodedColumn[] {
  const values = known.filter((value) => typeof value === 'number');
  const spread = Math.sqrt(variance(values));
  return spread === 0 ? [] : [{ kind: 'number', fact, middle: mean(values), spread }];
}

function valueColumns(fact: string, known: readonly unknown[], leastRows: number): EncodedColumn[] {
  const counts = new Map<string, number>();
  for (const value of known) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= leastRows).map(([value]) => value);
  // The last of two says nothing the first has not said.
  const told = common.length === counts.size ? common.slice(0, -1) : common;
  return told.map((value) => ({ kind: 'value', fact, value }));
}

const isUnknown = (value: Facts[string]): boolean =>
  value === null || value === undefined || value === '' || Number.isNaN(value);
