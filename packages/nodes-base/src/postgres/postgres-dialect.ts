import type { Dialect } from '../sql/dialect.ts';

const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;

/** PostgreSQL's own ways. */
export const postgresDialect: Dialect = {
  quote,
  placeholder: (position) => `$${position}`,
  skipConflicts: { before: '', after: ' ON CONFLICT DO NOTHING' },
  orUpdate(matched, changed) {
    const target = `ON CONFLICT (${matched.map(quote).join(', ')})`;
    // Something has to change, else the row that is there would not come back.
    const columns = changed.length > 0 ? changed : matched;
    const sets = columns.map((column) => `${quote(column)} = EXCLUDED.${quote(column)}`);
    return `${target} DO UPDATE SET ${sets.join(', ')}`;
  },
  returnsRows: true,
  opaque: new RegExp(
    [
      String.raw`\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'`, // the only texts in which a backslash escapes
      String.raw`'(?:[^']|'')*'`,
      String.raw`"(?:[^"]|"")*"`,
      String.raw`\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$`,
      String.raw`--[^\n]*`,
      String.raw`/\*[\s\S]*?\*/`,
    ].join('|'),
  ),
  bindable(value, columnType) {
    if (value === undefined || value === null) return null;
    if (columnType === 'json' || columnType === 'jsonb') return jsonText(value);
    if (typeof value !== 'object' || value instanceof Date) return value;
    const isList = Array.isArray(value);
    if (isList && (columnType === undefined || columnType === 'ARRAY')) return value;
    return JSON.stringify(value);
  },
};

/** A text that is JSON already goes in as it is. */
function jsonText(value: unknown): string {
  if (typeof value === 'string') {
    try {
      JSON.parse(value);
      return value;
    } catch {
      // a plain text becomes a JSON text below
    }
  }
  return JSON.stringify(value);
}
