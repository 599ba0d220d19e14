import type { JsonObject } from '@millrace/workflow/items';

/** A row of plain cells: what is in objects and lists becomes columns such as `a.b` and `a.0`. */
export function flatRow(json: JsonObject): JsonObject {
  const row: Record<string, unknown> = Object.create(null);
  fill(row, '', json);
  return row;
}

function fill(row: Record<string, unknown>, prefix: string, holder: object): void {
  for (const [key, value] of Object.entries(holder)) {
    const name = `${prefix}${key}`;
    const isHolder = typeof value === 'object' && value !== null;
    if (isHolder && typeof value.toISOString === 'function') row[name] = value.toISOString();
    else if (isHolder && typeof value.toISO === 'function') row[name] = value.toISO();
    else if (isHolder) fill(row, `${name}.`, value);
    else row[name] = value;
  }
}
