/** One column of a summary. */
export interface Aggregation {
  readonly kind: string;
  readonly field: string;
  readonly includeEmpty: boolean;
  readonly separator: string;
}

const PREFIXES: Readonly<Record<string, string>> = {
  append: 'appended',
  average: 'average',
  concatenate: 'concatenated',
  count: 'count',
  countUnique: 'unique_count',
  max: 'max',
  min: 'min',
  sum: 'sum',
};

/** The name of a summary's column, such as `sum_order_total`. */
export const columnName = ({ kind, field }: Aggregation): string =>
  `${PREFIXES[kind] ?? kind}_${field.replaceAll('.', '_')}`;

/** What a column holds for the values of its field. */
export function aggregated(
  { kind, includeEmpty, separator }: Aggregation,
  values: readonly unknown[],
): unknown {
  const present = includeEmpty ? values : values.filter((value) => !isEmpty(value));
  const numbers = values.filter((value) => typeof value === 'number');
  switch (kind) {
    case 'append':
      return present;
    case 'concatenate':
      return present.map(asText).join(separator);
    case 'count':
      return present.length;
    case 'countUnique':
      return new Set(
        present.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value)),
      ).size;
    case 'sum':
      return numbers.reduce((total, value) => total + value, 0);
    case 'average':
      return numbers.length
        ? numbers.reduce((total, value) => total + value, 0) / numbers.length
        : null;
    case 'max':
      return extreme(values, (a, b) => a > b);
    case 'min':
      return extreme(values, (a, b) => a < b);
    default:
      return null;
  }
}

function extreme(
  values: readonly unknown[],
  isBetter: (a: number | string, b: number | string) => boolean,
): unknown {
  const usable = values.filter(
    (value) => (typeof value === 'number' || typeof value === 'string') && value !== '',
  );
  return usable.reduce<number | string | null>((best, value) => {
    const candidate = typeof value === 'number' ? value : String(value);
    return best === null || isBetter(candidate, best) ? candidate : best;
  }, null);
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

const asText = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? value);
