/** Field names from comma-separated text, a list, or the older form `{ fields: [{ fieldName }] }`; blanks dropped. */
export function fieldList(value: unknown): string[] {
  return namesIn(value)
    .map((name) => name.trim())
    .filter(Boolean);
}

function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',');
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'object' || value === null || !('fields' in value)) return [];
  const rows: readonly unknown[] = Array.isArray(value.fields) ? value.fields : [];
  return rows.flatMap((row) =>
    typeof row === 'object' && row !== null && 'fieldName' in row ? [String(row.fieldName)] : [],
  );
}
