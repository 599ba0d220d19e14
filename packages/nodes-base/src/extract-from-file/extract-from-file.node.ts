import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { setField } from '../fields/field-path.ts';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { decodeText } from '../files/text-encoding.ts';
import { icon } from '../icon.ts';
import { forEachItem, optionsOf } from '../items/for-each-item.ts';
import { readTable } from '../spreadsheet/read-table.ts';
import { extractFromFileProperties } from './extract-from-file.properties.ts';

/** What an operation makes of the bytes of a file. Libraries are loaded when they are first used. */
type Reader = (bytes: Uint8Array, options: JsonObject) => unknown;

const readers: Readonly<Record<string, Reader>> = {
  binaryToPropery: (bytes) => Buffer.from(bytes).toString('base64'),
  fromIcs: async (bytes, options) =>
    (await import('../calendar/read-ics.ts')).readIcs(textOf(bytes, options)),
  fromJson: (bytes, options): unknown => JSON.parse(textOf(bytes, options)),
  text: (bytes, options) => textOf(bytes, options),
  xml: (bytes, options) => textOf(bytes, options),
};

/** Reads files into the JSON of items. */
export const extractFromFileNode = defineNode({
  name: 'n8n-nodes-base.extractFromFile',
  label: 'Extract from File',
  description: 'Reads files: tables, JSON, text, calendars, PDF, or any as base64',
  version: [1, 1.1],
  defaultVersion: 1.1,
  subtitle: '={{ $parameter["operation"] }}',
  icon: icon('M6 3h8l4 4v14H6z', 'M14 3v4h4', 'M12 17v-7', 'm9 13 3-3 3 3'),
  codex: { alias: ['CSV', 'Spreadsheet', 'Excel', 'xls', 'xlsx', 'ods', 'pdf', 'ics'] },
  properties: extractFromFileProperties,
  execute: (context) => forEachItem(context, (item, index) => extract(context, item, index)),
});

async function extract(
  context: ExecuteContext,
  item: Item,
  index: number,
): Promise<Item | readonly Item[]> {
  const operation = String(context.param('operation', index));
  const options = optionsOf(context, index);
  const name = String(context.param('binaryPropertyName', index));
  const bytes = await bytesOf(context, inputFile(context, name, index));
  const reader = Object.hasOwn(readers, operation) ? readers[operation] : undefined;
  if (reader) {
    const destination = String(context.param('destinationKey', index));
    const value = await understood({ context, index, name }, () => reader(bytes, options));
    const kept = keepsJson(options) ? item.json : {};
    return { json: setField(kept, destination, value), ...filesKept(item, options) };
  }
  if (operation === 'pdf') {
    const { readPdf } = await import('../files/read-pdf.ts');
    const pdf = await readPdf(bytes, {
      isJoined: options.joinPages !== false,
      ...(options.password ? { password: String(options.password) } : {}),
      ...(Number(options.maxPages ?? 0) > 0 && { maxPages: Number(options.maxPages) }),
    });
    return {
      json: { ...(keepsJson(options) ? item.json : {}), ...pdf },
      ...filesKept(item, options),
    };
  }
  const rows = await readTable(bytes, operation === 'csv', options);
  return rows.map((json) => ({ json }));
}

const textOf = (bytes: Uint8Array, { encoding, stripBOM }: JsonObject): string =>
  decodeText(bytes, encoding, stripBOM !== false);

const keepsJson = ({ keepSource }: JsonObject): boolean =>
  keepSource === 'json' || keepSource === 'both';

const filesKept = (item: Item, { keepSource }: JsonObject): Pick<Item, 'binary'> =>
  item.binary && (keepSource === 'binary' || keepSource === 'both') ? { binary: item.binary } : {};

/** Says which file of which item a format's own error is about. */
async function understood(
  { context, index, name }: { context: ExecuteContext; index: number; name: string },
  read: () => unknown,
): Promise<unknown> {
  try {
    return await read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError(
      `The file in '${name}' could not be read: ${reason} [item ${index}]`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Check that the operation fits the kind of file', cause },
    );
  }
}
