import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';
import { SPREADSHEETS } from '../spreadsheet/spreadsheet-kinds.ts';

const doing = (...operation: string[]): When => ({ operation });
const root = (...operation: string[]): When => ({ '/operation': operation });
const tables = doing(...SPREADSHEETS);
const texts = doing('binaryToPropery', 'fromIcs', 'fromJson', 'text', 'xml');
const notCsv = root('html', 'ods', 'rtf', 'xls', 'xlsx');

const binaryPropertyName = (when: When) => ({
  binaryPropertyName: p.string({
    label: 'Input binary field',
    default: 'data',
    required: true,
    when,
  }),
});

const keepSource = p.options({
  label: 'Keep source',
  default: 'json',
  choices: [
    { value: 'json', label: 'JSON' },
    { value: 'binary', label: 'Binary' },
    { value: 'both', label: 'Both' },
  ],
});

const encoding = (when: When) =>
  p.string({ label: 'File encoding', hint: 'Such as utf8 or windows-1252', default: 'utf8', when });

const tableFields = {
  delimiter: p.string({ label: 'Delimiter', default: ',', when: root('csv') }),
  encoding: encoding(root('csv')),
  enableBOM: p.boolean({ label: 'Exclude byte order mark (BOM)', when: root('csv') }),
  relaxQuotes: p.boolean({
    label: 'Preserve quotes',
    hint: 'Quotes inside cells are text',
    when: root('csv'),
  }),
  headerRow: p.boolean({ label: 'Header row', default: true }),
  includeEmptyCells: p.boolean({ label: 'Include empty cells' }),
  maxRowCount: p.number({ label: 'Max number of rows to load', hint: '-1 for all', default: -1 }),
  range: p.string({ label: 'Range', placeholder: 'A3:D10, or the first row from 0', when: notCsv }),
  rawData: p.boolean({ label: 'RAW data', hint: 'Cells as text', when: notCsv }),
  readAsString: p.boolean({ label: 'Read as string', when: notCsv }),
  sheetName: p.string({ label: 'Sheet name', when: root('ods', 'xls', 'xlsx') }),
  fromLine: p.number({ label: 'Starting line', default: 0, when: root('csv') }),
  skipRecordsWithErrors: p.raw({
    label: 'Skip records with errors',
    type: 'fixedCollection',
    default: { value: { enabled: true, maxSkippedRecords: -1 } },
    when: root('csv'),
    options: [
      {
        name: 'value',
        displayName: 'Value',
        values: describeParams({
          enabled: p.boolean({ label: 'Enabled' }),
          maxSkippedRecords: p.number({ label: 'Max skipped records', default: -1 }),
        }),
      },
    ],
  }),
};

export const extractFromFileProperties: readonly Property[] = [
  ...describeParams({
    operation: p.options({
      label: 'Operation',
      default: 'csv',
      fixed: true,
      choices: [
        { value: 'csv', label: 'Extract from CSV' },
        { value: 'html', label: 'Extract from HTML' },
        { value: 'fromIcs', label: 'Extract from ICS' },
        { value: 'fromJson', label: 'Extract from JSON' },
        { value: 'ods', label: 'Extract from ODS' },
        { value: 'pdf', label: 'Extract from PDF' },
        { value: 'rtf', label: 'Extract from RTF' },
        { value: 'text', label: 'Extract from text file' },
        { value: 'xml', label: 'Extract from XML' },
        { value: 'xls', label: 'Extract from XLS' },
        { value: 'xlsx', label: 'Extract from XLSX' },
        { value: 'binaryToPropery', label: 'Move file to base64 string' },
      ],
    }),
    ...binaryPropertyName(tables),
    options: p.collection({ label: 'Options', when: tables, fields: tableFields }),
  }),
  ...describeParams({
    ...binaryPropertyName(texts),
    destinationKey: p.string({
      label: 'Destination output field',
      hint: 'Dots lead into objects',
      default: 'data',
      required: true,
      when: texts,
    }),
    options: p.collection({
      label: 'Options',
      when: texts,
      fields: {
        encoding: encoding(root('fromIcs', 'fromJson', 'text', 'xml')),
        stripBOM: p.boolean({
          label: 'Strip byte order mark (BOM)',
          default: true,
          when: root('fromIcs', 'fromJson', 'text', 'xml'),
        }),
        keepSource,
      },
    }),
  }),
  ...describeParams({
    ...binaryPropertyName(doing('pdf')),
    options: p.collection({
      label: 'Options',
      when: doing('pdf'),
      fields: {
        joinPages: p.boolean({ label: 'Join pages', default: true }),
        keepSource,
        maxPages: p.number({ label: 'Max pages', hint: '0 for all', default: 0 }),
        password: p.string({ label: 'Password', password: true }),
      },
    }),
  }),
];
