import type { Batch, JsonObject } from '@millrace/workflow/items';

/** Styles of a table nobody styled: plain enough for a mail. */
const PLAIN: TableAttributes = {
  table: 'style="border-collapse:collapse; font-family:sans-serif"',
  header: 'style="padding:8px 16px 8px 0; border-bottom:1px solid #ddd; text-align:left"',
  row: '',
  cell: 'style="padding:8px 16px 8px 0; border-bottom:1px solid #eee"',
};

interface TableAttributes {
  readonly table: string;
  readonly header: string;
  readonly row: string;
  readonly cell: string;
}

/** The items as one HTML table, a column for each field that any of them has. Values are escaped. */
export function htmlTable(items: Batch, options: JsonObject): string {
  const attributes = options.customStyling === true ? customAttributes(options) : PLAIN;
  const columns = [...new Set(items.flatMap(({ json }) => Object.keys(json)))];
  const caption = options.caption ? [`<caption>${escaped(options.caption)}</caption>`] : [];
  const heads = columns.map((column) =>
    tag('th', attributes.header, escaped(options.capitalize === true ? titled(column) : column)),
  );
  const rows = items.map(({ json }) => {
    const cells = columns.map((column) => tag('td', attributes.cell, escaped(json[column])));
    return tag('tr', attributes.row, cells.join(''));
  });
  const head = tag('thead', '', tag('tr', attributes.row, heads.join('')));
  return tag(
    'table',
    attributes.table,
    [...caption, head, tag('tbody', '', rows.join(''))].join(''),
  );
}

const customAttributes = (options: JsonObject): TableAttributes => ({
  table: String(options.tableAttributes ?? ''),
  header: String(options.headerAttributes ?? ''),
  row: String(options.rowAttributes ?? ''),
  cell: String(options.cellAttributes ?? ''),
});

const tag = (name: string, attributes: string, content: string): string =>
  `<${name}${attributes && ` ${attributes}`}>${content}</${name}>`;

/** `firstName` and `first_name` as `First Name`. */
const titled = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(^|\s)\S/g, (first) => first.toUpperCase());

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replaceAll(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}
