import type { Dialect } from '../sql/dialect.ts';

const quote = (identifier: string) => `\`${identifier.replaceAll('`', '``')}\``;

/** MySQL's and MariaDB's own ways. */
export const mySqlDialect: Dialect = {
  quote,
  placeholder: () => '?',
  skipConflicts: { before: 'IGNORE', after: '' },
  orUpdate(matched, changed) {
    const columns = changed.length > 0 ? changed : matched;
    const sets = columns.map((column) => `${quote(column)} = VALUES(${quote(column)})`);
    return `ON DUPLICATE KEY UPDATE ${sets.join(', ')}`;
  },
  returnsRows: false,
  opaque: new RegExp(
    [
      String.raw`'(?:[^'\\]|\\[\s\S]|'')*'`,
      String.raw`"(?:[^"\\]|\\[\s\S]|"")*"`,
      '`[^`]*`',
      String.raw`--\s[^\n]*`,
      String.raw`#[^\n]*`,
      String.raw`/\*[\s\S]*?\*/`,
    ].join('|'),
  ),
  bindable(value) {
    if (value === undefined) return null;
    const isPlain = typeof value !== 'object' || value === null || value instanceof Date;
    return isPlain ? value : JSON.stringify(value);
  },
};
