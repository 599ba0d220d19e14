import { NodeError } from '@millrace/workflow/errors';
import type { BinaryData, Item, JsonObject } from '@millrace/workflow/items';
import {
  defineNode,
  describeParams,
  p,
  type ExecuteContext,
  type When,
} from '@millrace/workflow/node-api';
import { getField, setField, unsetField } from '../fields/field-path.ts';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { mimeTypeOf } from '../files/mime-type.ts';
import { decodeText, encodeText } from '../files/text-encoding.ts';
import { icon } from '../icon.ts';
import { forEachItem, optionsOf } from '../items/for-each-item.ts';

const toJson: When = { mode: ['binaryToJson'] };
const toBinary: When = { mode: ['jsonToBinary'] };

const key = (name: 'destinationKey' | 'sourceKey', label: string, when: When) =>
  describeParams({ [name]: p.string({ label, default: 'data', required: true, when }) });

/** The predecessor of Convert to File and Extract from File, for workflows that still have it. */
export const moveBinaryDataNode = defineNode({
  name: 'n8n-nodes-base.moveBinaryData',
  label: 'Convert to/from binary data',
  description:
    'Moves data between files and fields. Convert to File and Extract from File do the same',
  version: [1, 1.1],
  defaultVersion: 1.1,
  subtitle: '={{ $parameter["mode"] }}',
  icon: icon('M4 8h13', 'm14 5 3 3-3 3', 'M20 16H7', 'm10 13-3 3 3 3'),
  properties: [
    ...describeParams({
      mode: p.options({
        label: 'Mode',
        default: 'binaryToJson',
        fixed: true,
        choices: [
          { value: 'binaryToJson', label: 'Binary to JSON' },
          { value: 'jsonToBinary', label: 'JSON to binary' },
        ],
      }),
      setAllData: p.boolean({ label: 'Set all data', default: true, when: toJson }),
      convertAllData: p.boolean({ label: 'Convert all data', default: true, when: toBinary }),
    }),
    ...key('sourceKey', 'Source key', toJson),
    ...key('destinationKey', 'Destination key', { ...toJson, setAllData: [false] }),
    ...key('sourceKey', 'Source key', { ...toBinary, convertAllData: [false] }),
    ...key('destinationKey', 'Destination key', toBinary),
    ...describeParams({
      options: p.collection({
        label: 'Options',
        fields: {
          addBOM: p.boolean({ label: 'Add byte order mark (BOM)' }),
          dataIsBase64: p.boolean({ label: 'Data is base64' }),
          encoding: p.string({ label: 'Encoding', default: 'utf8' }),
          fileName: p.string({ label: 'File name', placeholder: 'example.json' }),
          jsonParse: p.boolean({ label: 'JSON parse' }),
          keepAsBase64: p.boolean({ label: 'Keep as base64' }),
          keepSource: p.boolean({ label: 'Keep source' }),
          mimeType: p.string({ label: 'MIME type', default: 'application/json' }),
          stripBOM: p.boolean({ label: 'Strip byte order mark (BOM)', default: true }),
          useRawData: p.boolean({ label: 'Use raw data' }),
        },
      }),
    }),
  ],
  execute: (context) =>
    forEachItem(context, (item, index) =>
      context.param('mode', index) === 'jsonToBinary'
        ? withFile(context, item, index)
        : withJson(context, item, index),
    ),
});

async function withJson(context: ExecuteContext, item: Item, index: number): Promise<Item> {
  const options = optionsOf(context, index);
  const source = String(context.param('sourceKey', index));
  const bytes = await bytesOf(context, inputFile(context, source, index));
  const isWhole = context.param('setAllData', index) !== false;
  const text = () => decodeText(bytes, options.encoding, options.stripBOM !== false);
  const parsed = () => parsedJson(text(), { context, index, source });
  const { [source]: _moved, ...others } = item.binary ?? {};
  const left = options.keepSource === true ? item.binary : others;
  const binary = left && Object.keys(left).length > 0 && { binary: left };
  if (isWhole) return { json: objectOf(parsed()), ...binary };
  const value =
    options.keepAsBase64 === true
      ? Buffer.from(bytes).toString('base64')
      : options.jsonParse === true
        ? parsed()
        : text();
  return {
    json: setField(item.json, String(context.param('destinationKey', index)), value),
    ...binary,
  };
}

const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : { data: value };

function parsedJson(
  text: string,
  { context, index, source }: { context: ExecuteContext; index: number; source: string },
): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError(
      `The file in '${source}' is not JSON: ${reason} [item ${index}]`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Turn "Set all data" off to get its text', cause },
    );
  }
}

async function withFile(context: ExecuteContext, item: Item, index: number): Promise<Item> {
  const options = optionsOf(context, index);
  const isWhole = context.param('convertAllData', index) !== false;
  const source = isWhole ? '' : String(context.param('sourceKey', index));
  const value = isWhole ? item.json : getField(item.json, source);
  if (value === undefined) {
    throw new NodeError(
      `The field "${source}" is not set [item ${index}]`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Name the field that holds what goes into the file' },
    );
  }
  const file = await stored(context, value, options);
  const keptJson = isWhole ? {} : unsetField(item.json, source);
  return {
    json: options.keepSource === true ? item.json : keptJson,
    binary: { ...item.binary, [String(context.param('destinationKey', index))]: file },
  };
}

function stored(context: ExecuteContext, value: unknown, options: JsonObject): Promise<BinaryData> {
  const isText =
    typeof value === 'string' && (options.useRawData === true || options.dataIsBase64 === true);
  const text = isText ? value : JSON.stringify(value);
  const bytes =
    options.dataIsBase64 === true && isText
      ? Buffer.from(text, 'base64')
      : encodeText(text, options.encoding, options.addBOM === true);
  const fileName = String(options.fileName || 'file.json');
  const mimeType = String(options.mimeType || mimeTypeOf(fileName, bytes) || 'application/json');
  return context.binary.put(bytes, { fileName, mimeType });
}
