import { mean, variance } from '../math/describe.ts';

/** What is known of one thing: numbers, names, yes or no. Null, absent and empty are unknown. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Turns facts into the numbers a model reads, in the way it was learned from the training rows. */
export interface Encoder {
  /** What each number stands for: `visits`, `source=search`, `visits is unknown`. */
  readonly names: readonly string[];
  encode(facts: Facts): number[];
}

/** A value that fewer rows have is not told apart from others. */
const LEAST_ROWS = 20;

/**
 * Learns an encoding: numbers are standardised with the mean in place of unknowns, names with at
 * least 20 rows become a column each, and a column says where a fact is often missing.
 */
export function learnEncoding(rows: readonly Facts[], leastRows = LEAST_ROWS): Encoder {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.flatMap((name) => columnsOf(name, rows, leastRows));
  return {
    names: columns.map((column) => column.name),
    encode: (facts) => columns.map(({ read }) => read(facts)),
  };
}

interface Column {
  readonly name: string;
  read(facts: Facts): number;
}

function columnsOf(name: string, rows: readonly Facts[], leastRows: number): Column[] {
  const known = rows.map((row) => row[name]).filter((value) => !isUnknown(value));
  const unknown = rows.length - known.length;
  const missing: Column[] =
    unknown >= leastRows && known.length >= leastRows
      ? [{ name: `${name} is unknown`, read: (facts) => (isUnknown(facts[name]) ? 1 : 0) }]
      : [];
  const isNumeric = known.length > 0 && known.every((value) => typeof value === 'number');
  return [
    ...(isNumeric ? numberColumn(name, known) : nameColumns(name, known, leastRows)),
    ...missing,
  ];
}

function numberColumn(name: string, known: readonly unknown[]): Column[] {
  const values = known.filter((value) => typeof value === 'number');
  const middle = mean(values);
  const spread = Math.sqrt(variance(values));
  if (spread === 0) return [];
  const read = (facts: Facts) => {
    const value = facts[name];
    return typeof value === 'number' && Number.isFinite(value) ? (value - middle) / spread : 0;
  };
  return [{ name, read }];
}

function nameColumns(name: string, known: readonly unknown[], leastRows: number): Column[] {
  const counts = new Map<string, number>();
  for (const value of known) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= leastRows).map(([value]) => value);
  // The last of two says nothing the first has not said.
  const told = common.length === counts.size ? common.slice(0, -1) : common;
  return told.map((value) => ({
    name: `${name}=${value}`,
    read: (facts) => (!isUnknown(facts[name]) && String(facts[name]) === value ? 1 : 0),
  }));
}

const isUnknown = (value: Facts[string]): boolean =>
  value === null || value === undefined || value === '' || Number.isNaN(value);
