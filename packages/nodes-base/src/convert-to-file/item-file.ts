import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { DateTime } from 'luxon';
import { readDate } from '../date-time/date-value.ts';
import { getField } from '../fields/field-path.ts';
import { mimeTypeOf } from '../files/mime-type.ts';
import { encodeText } from '../files/text-encoding.ts';
import { optionsOf } from '../items/for-each-item.ts';

export interface NewFile {
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  readonly fileName: string;
  readonly mimeType: string | undefined;
}

/** A field as a text file. What is no text is written as JSON. */
export function textFile(context: ExecuteContext, item: Item, index: number): NewFile {
  const options = optionsOf(context, index);
  const value = sourceValue(context, item, index);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const fileName = String(options.fileName || 'file.txt');
  return {
    bytes: encodeText(text, options.encoding, options.addBOM === true),
    fileName,
    mimeType: mimeTypeOf(fileName) ?? 'text/plain',
  };
}

/** A base64 field decoded, or (version 1 can say so) written as it is. */
export function fileOfBase64(context: ExecuteContext, item: Item, index: number): NewFile {
  const options = optionsOf(context, index);
  const value = sourceValue(context, item, index);
  if (options.dataIsBase64 === false) {
    return {
      bytes:
        typeof value === 'string'
          ? encodeText(value, options.encoding, options.addBOM === true)
          : jsonBytes(value, options),
      fileName: String(options.fileName || 'file'),
      mimeType: String(options.mimeType || 'application/json'),
    };
  }
  const bytes = Buffer.from(String(value), 'base64');
  const fileName = String(options.fileName || 'file');
  const mimeType = options.mimeType ? String(options.mimeType) : mimeTypeOf(fileName, bytes);
  return { bytes, fileName, mimeType };
}

/** JSON of a value, indented when `options.format` says so. */
export const jsonBytes = (value: unknown, options: JsonObject): Uint8Array =>
  encodeText(
    options.format === true ? JSON.stringify(value, null, 2) : JSON.stringify(value),
    options.encoding,
    options.addBOM === true,
  );

/** A calendar file with one event. */
export async function eventFile(context: ExecuteContext, index: number): Promise<NewFile> {
  const { icsOf } = await import('../calendar/write-ics.ts');
  const fields = optionsOf(context, index, 'additionalFields');
  const dateOf = (name: 'end' | 'start') => {
    const value = context.param(name, index);
    const date = readDate(value, { node: context.node.name, itemIndex: index });
    const isLocal =
      fields.useWorkflowTimezone === true && !/(z|[+-]\d\d:?\d\d)$/i.test(String(value));
    return isLocal ? date.setZone(context.timezone, { keepLocalTime: true }) : date;
  };
  const text = icsOf({
    title: String(context.param('title', index) ?? ''),
    start: dateOf('start'),
    end: dateOf('end'),
    isAllDay: context.param('allDay', index) === true,
    fields,
    now: DateTime.fromMillis(context.now()),
  });
  return {
    bytes: Buffer.from(text),
    fileName: String(fields.fileName || 'event.ics'),
    mimeType: 'text/calendar',
  };
}

function sourceValue(context: ExecuteContext, item: Item, index: number): {} {
  const name = String(context.param('sourceProperty', index));
  const value = getField(item.json, name);
  if (value !== undefined && value !== null) return value;
  throw new NodeError(
    `The value in "${name}" is not set`,
    { node: context.node.name, itemIndex: index },
    { fix: 'Name the field that holds what goes into the file' },
  );
}
