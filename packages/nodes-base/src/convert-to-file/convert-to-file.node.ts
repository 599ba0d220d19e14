import type { Item } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { mimeTypeOf } from '../files/mime-type.ts';
import { icon } from '../icon.ts';
import { allItems, forAllItems, forEachItem, optionsOf } from '../items/for-each-item.ts';
import { SPREADSHEETS, type Spreadsheet } from '../spreadsheet/spreadsheet-kinds.ts';
import { convertToFileProperties } from './convert-to-file.properties.ts';
import { eventFile, fileOfBase64, jsonBytes, textFile, type NewFile } from './item-file.ts';

/** Puts data of items into files. */
export const convertToFileNode = defineNode({
  name: 'n8n-nodes-base.convertToFile',
  label: 'Convert to File',
  description: 'Makes files of items: tables, JSON, text, calendars, or base64 decoded',
  version: [1, 1.1],
  defaultVersion: 1.1,
  subtitle: '={{ $parameter["operation"] }}',
  icon: icon('M6 3h8l4 4v14H6z', 'M14 3v4h4', 'M12 10v7', 'm9 14 3 3 3-3'),
  codex: { alias: ['CSV', 'Spreadsheet', 'Excel', 'xls', 'xlsx', 'ods', 'base64', 'ics'] },
  properties: convertToFileProperties,
  execute(context) {
    const operation = String(context.param('operation', 0));
    const table = SPREADSHEETS.find((kind) => kind === operation);
    if (table) return forAllItems(context, () => tableItem(context, table));
    switch (operation) {
      case 'toJson':
        return jsonFiles(context);
      case 'iCal':
        return forEachItem(context, async (_item, index) =>
          fileItem(context, index, await eventFile(context, index)),
        );
      case 'toText':
        return forEachItem(context, (item, index) =>
          fileItem(context, index, textFile(context, item, index)),
        );
      default:
        return forEachItem(context, (item, index) =>
          fileItem(context, index, fileOfBase64(context, item, index)),
        );
    }
  },
});

async function tableItem(context: ExecuteContext, kind: Spreadsheet): Promise<Item> {
  const options = optionsOf(context, 0);
  // The formats are large libraries, loaded when they are first written.
  const { spreadsheetOf } = await import('../spreadsheet/write-spreadsheet.ts');
  const file = await fileItem(context, 0, {
    bytes: spreadsheetOf(context.items(), kind, options),
    fileName: String(options.fileName || `File.${kind}`),
    mimeType: mimeTypeOf(`.${kind}`),
  });
  return { ...file, pairedItem: allItems(context) };
}

function jsonFiles(context: ExecuteContext): Promise<[Item[]]> {
  const file = (index: number, value: unknown): NewFile => {
    const options = optionsOf(context, index);
    return {
      bytes: jsonBytes(value, options),
      fileName: String(options.fileName || 'file.json'),
      mimeType: 'application/json',
    };
  };
  if (context.param('mode', 0) === 'each')
    return forEachItem(context, ({ json }, index) => fileItem(context, index, file(index, json)));
  return forAllItems(context, async () => {
    const rows = context.items().map(({ json }) => json);
    return { ...(await fileItem(context, 0, file(0, rows))), pairedItem: allItems(context) };
  });
}

async function fileItem(context: ExecuteContext, index: number, file: NewFile): Promise<Item> {
  const { bytes, fileName, mimeType } = file;
  const stored = await context.binary.put(bytes, { fileName, ...(mimeType && { mimeType }) });
  return { json: {}, binary: { [String(context.param('binaryPropertyName', index))]: stored } };
}
