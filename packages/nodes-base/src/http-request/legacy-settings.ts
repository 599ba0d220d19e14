import type { ExecuteContext } from '@millrace/workflow/node-api';
import { credentialTypeOf } from './authentication.ts';
import { inputFile } from '../files/input-file.ts';
import { fileBody } from './file-body.ts';
import { isRecord, jsonField, jsonValue, keyValues } from './fields.ts';
import type { DraftBody, RequestDraft } from './request-draft.ts';
import { acceptOf, urlOf, type RequestSettings, type ResponseFormat } from './settings.ts';

const WITH_BODY = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/** Reads the parameters of versions 1 and 2 for one item. */
export async function readLegacySettings(
  context: ExecuteContext,
  index: number,
): Promise<RequestSettings> {
  const param = <T>(path: string, fallback: T) => context.param<T>(path, index, { fallback });
  const option = (name: string) => Boolean(param(`options.${name}`, false));
  const asked = param<string>('responseFormat', 'json');
  const responseFormat: ResponseFormat =
    asked === 'string' ? 'text' : asked === 'file' ? 'file' : 'json';
  const method = String(param('requestMethod', 'GET')).toUpperCase();
  const isJson = Boolean(param('jsonParameters', false));
  const draft: RequestDraft = {
    method,
    url: urlOf(context, index),
    query: fields(context, isJson, 'query', index),
    arrayFormat: option('useQueryString') ? 'repeat' : 'indices',
    headers: headersOf(fields(context, isJson, 'header', index)),
    body: WITH_BODY.has(method) ? await bodyOf(context, isJson, index) : { kind: 'none' },
    redirects: {
      which: option('followAllRedirects')
        ? 'all'
        : param('options.followRedirect', true)
          ? 'safe'
          : 'none',
      max: 21,
    },
    timeoutMs: Number(param('options.timeout', 300_000)) || 300_000,
    allowUnauthorizedCerts: Boolean(param('allowUnauthorizedCerts', false)),
    authentication: credentialTypeOf(context, index),
  };
  draft.headers['accept'] ??= acceptOf(responseFormat);
  return {
    draft,
    responseFormat,
    outputPropertyName: param('dataPropertyName', 'data') || 'data',
    isFullResponse: option('fullResponse'),
    neverError: option('ignoreResponseCode'),
    splitsLists: context.node.typeVersion > 1 || option('splitIntoItems'),
  };
}

function fields(
  context: ExecuteContext,
  isJson: boolean,
  what: 'query' | 'header' | 'body',
  index: number,
) {
  return isJson
    ? jsonField(context, `${what}ParametersJson`, `${what} parameters`, index)
    : keyValues(context, `${what}ParametersUi.parameter`, index, 'last');
}

function headersOf(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(given)) {
    if (name && value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

async function bodyOf(context: ExecuteContext, isJson: boolean, index: number): Promise<DraftBody> {
  const contentType = String(context.param('options.bodyContentType', index, { fallback: 'json' }));
  if (isJson && context.param('sendBinaryData', index, { fallback: false })) {
    const file = inputFile(
      context,
      String(context.param('binaryPropertyName', index, { fallback: 'data' })),
      index,
    );
    return { kind: 'bytes', bytes: fileBody(context, file), contentType: file.mimeType };
  }
  if (contentType === 'raw') {
    const mimeType = String(
      context.param('options.bodyContentCustomMimeType', index, { fallback: '' }),
    );
    const raw = context.param<unknown>('bodyParametersJson', index, { fallback: '' });
    const bytes = typeof raw === 'string' ? raw : JSON.stringify(raw);
    return { kind: 'bytes', bytes, contentType: mimeType || 'text/plain' };
  }
  const value = isJson
    ? jsonValue(context, 'bodyParametersJson', 'Body Parameters', index)
    : keyValues(context, 'bodyParametersUi.parameter', index, 'last');
  if (value === undefined || (isRecord(value) && Object.keys(value).length === 0))
    return { kind: 'none' };
  if (contentType === 'form-urlencoded' && isRecord(value)) return { kind: 'form', fields: value };
  if (contentType === 'multipart-form-data' && isRecord(value)) {
    const parts = Object.entries(value).map(([name, content]) => ({
      name,
      content: String(content ?? ''),
    }));
    return { kind: 'multipart', parts };
  }
  return { kind: 'json', value };
}
