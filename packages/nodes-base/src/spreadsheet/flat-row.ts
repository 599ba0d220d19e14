import type { JsonObject } from '@millrace/workflow/items';

/** A row of plain cells: what is in objects and lists becomes columns such as `a.b` and `a.0`. */
export function flatRow(json: JsonObject): JsonObject {
  if (!Object.values(json).some(isHolder)) return json;
  const row: Record<string, unknown> = Object.create(null); // `__proto__` is a name like any other
  fill(row, '', json);
  return row;
}

function fill(row: Record<string, unknown>, prefix: string, holder: object): void {
  for (const [key, value] of Object.entries(holder)) {
    const name = `${prefix}${key}`;
    if (!isHolder(value)) row[name] = value;
    else if ('toISOString' in value || 'toISO' in value) row[name] = isoText(value);
    else fill(row, `${name}.`, value);
  }
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A `Date`, or a `DateTime` of Luxon, as its own JSON: ISO text, nothing when it is no date. */
const isoText = (date: object): unknown => JSON.parse(JSON.stringify(date));
