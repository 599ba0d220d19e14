import type { BinaryData, Item } from '@millrace/workflow/items';
import {
  defineNode,
  describeParams,
  p,
  type ExecuteContext,
  type When,
} from '@millrace/workflow/node-api';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { extensionOf, mimeTypeOf } from '../files/mime-type.ts';
import { icon } from '../icon.ts';
import { allItems, forAllItems, forEachItem, optionsOf } from '../items/for-each-item.ts';
import { readTable } from '../spreadsheet/read-table.ts';
import { SPREADSHEETS } from '../spreadsheet/spreadsheet-kinds.ts';

const reading: When = { operation: ['fromFile'] };
const writing: When = { operation: ['toFile'] };
const formats = SPREADSHEETS.map((value) => ({ value, label: value.toUpperCase() }));

/** The predecessor of Convert to File and Extract from File for tables. */
export const spreadsheetFileNode = defineNode({
  name: 'n8n-nodes-base.spreadsheetFile',
  label: 'Spreadsheet File',
  description:
    'Reads and writes tables. Convert to File and Extract from File do the same and more',
  version: [1, 2],
  defaultVersion: 2,
  subtitle: '={{ $parameter["operation"] }}',
  icon: icon('M4 4h16v16H4z', 'M4 10h16', 'M4 15h16', 'M10 4v16'),
  properties: [
    ...describeParams({
      operation: p.options({
        label: 'Operation',
        default: 'fromFile',
        fixed: true,
        choices: [
          { value: 'fromFile', label: 'Read from file' },
          { value: 'toFile', label: 'Write to file' },
        ],
      }),
      fileFormat: p.options({
        label: 'File format',
        default: 'autodetect',
        when: { ...reading, '@version': [2] },
        choices: [{ value: 'autodetect', label: 'Autodetect' }, ...formats],
      }),
    }),
    ...describeParams({
      fileFormat: p.options({
        label: 'File format',
        default: 'xls',
        when: writing,
        choices: formats,
      }),
      binaryPropertyName: p.string({ label: 'Binary field', default: 'data', required: true }),
      options: p.collection({
        label: 'Options',
        fields: {
          compression: p.boolean({ label: 'Compression' }),
          delimiter: p.string({ label: 'Delimiter', default: ',' }),
          enableBOM: p.boolean({ label: 'Exclude byte order mark (BOM)' }),
          encoding: p.string({ label: 'Encoding', default: 'utf8' }),
          fileName: p.string({ label: 'File name' }),
          fromLine: p.number({ label: 'Starting line', default: 0 }),
          headerRow: p.boolean({ label: 'Header row', default: true }),
          includeEmptyCells: p.boolean({ label: 'Include empty cells' }),
          maxRowCount: p.number({ label: 'Max number of rows to load', default: -1 }),
          range: p.string({ label: 'Range' }),
          rawData: p.boolean({ label: 'RAW data' }),
          readAsString: p.boolean({ label: 'Read as string' }),
          relaxQuotes: p.boolean({ label: 'Preserve quotes' }),
          sheetName: p.string({ label: 'Sheet name' }),
        },
      }),
    }),
  ],
  execute: (context) =>
    context.param('operation', 0) === 'toFile'
      ? forAllItems(context, () => written(context))
      : forEachItem(context, (_item, index) => read(context, index)),
});

async function read(context: ExecuteContext, index: number): Promise<Item[]> {
  const options = optionsOf(context, index);
  const file = inputFile(context, String(context.param('binaryPropertyName', index)), index);
  const bytes = await bytesOf(context, file);
  const format = context.param('fileFormat', index, { fallback: 'autodetect' });
  const isTable = format === 'csv' || (format === 'autodetect' && isCsv(file));
  const rows = await readTable(bytes, isTable, options);
  return rows.map((json) => ({ json }));
}

const isCsv = ({ mimeType, fileName = '' }: BinaryData): boolean =>
  mimeType === 'text/csv' || extensionOf(fileName) === 'csv';

async function written(context: ExecuteContext): Promise<Item> {
  const options = optionsOf(context, 0);
  const format = context.param('fileFormat', 0);
  const kind = SPREADSHEETS.find((known) => known === format) ?? 'xls';
  const { spreadsheetOf } = await import('../spreadsheet/write-spreadsheet.ts');
  const mimeType = mimeTypeOf(`.${kind}`);
  const file = await context.binary.put(spreadsheetOf(context.items(), kind, options), {
    fileName: String(options.fileName || `spreadsheet.${kind}`),
    ...(mimeType && { mimeType }),
  });
  const field = String(context.param('binaryPropertyName', 0));
  return { json: {}, binary: { [field]: file }, pairedItem: allItems(context) };
}
