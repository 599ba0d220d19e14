import type { ExecuteContext } from '@millrace/workflow/node-api';
import { inputFile } from '../files/input-file.ts';
import { jsonValue, keyValues, rows, type Row } from './fields.ts';
import { fileBody } from './file-body.ts';
import type { Part } from './multipart.ts';
import type { DraftBody } from './request-draft.ts';

const PARAMETERS = 'bodyParameters.parameters';

/** The body of versions 3 and 4. */
export function bodyOf(context: ExecuteContext, index: number): DraftBody {
  const param = (path: string, fallback: string) =>
    String(context.param(path, index, { fallback }) ?? '');
  const contentType = param('contentType', 'json');
  const how = param('specifyBody', 'keypair');
  if (contentType === 'form-urlencoded') {
    const text = how === 'string' ? param('body', '') : undefined;
    return {
      kind: 'form',
      fields:
        text === undefined ? keyValues(context, PARAMETERS, index, 'collect') : parseForm(text),
    };
  }
  if (contentType === 'multipart-form-data') {
    const parts = rows(context, PARAMETERS, index).map((row) => partOf(context, row, index));
    return { kind: 'multipart', parts };
  }
  if (contentType === 'raw') {
    return {
      kind: 'bytes',
      bytes: param('body', ''),
      contentType: param('rawContentType', '') || 'text/plain',
    };
  }
  if (contentType === 'binaryData') {
    const file = inputFile(context, param('inputDataFieldName', 'data'), index);
    return { kind: 'bytes', bytes: fileBody(context, file), contentType: file.mimeType };
  }
  const value =
    how === 'json'
      ? jsonValue(context, 'jsonBody', 'JSON Body', index)
      : keyValues(context, PARAMETERS, index, 'last');
  return value === undefined ? { kind: 'none' } : { kind: 'json', value };
}

function partOf(context: ExecuteContext, row: Row, index: number): Part {
  const { name, value } = row;
  const type = row['parameterType'];
  if (type !== 'formBinaryData') {
    return {
      name,
      content:
        typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''),
    };
  }
  const file = inputFile(context, String(row['inputDataFieldName'] ?? 'data'), index);
  return {
    name,
    content: fileBody(context, file),
    fileName: file.fileName ?? 'file',
    contentType: file.mimeType,
  };
}

/** Text such as `a=1&b=two words`, written by hand and so not always encoded. */
function parseForm(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const pair of text.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1));
    fields[name] = name in fields ? [fields[name], value].flat() : value;
  }
  return fields;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced; // a lone `%` is text
  }
}
