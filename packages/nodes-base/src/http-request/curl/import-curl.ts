import type { JsonObject } from '@millrace/workflow/items';
import { readCurl, type CurlRequest } from './curl-options.ts';

/** What a cURL command becomes, and what of it is left to the user. */
export interface CurlImport {
  /** Parameters of the HTTP Request node, version 4.5. */
  readonly parameters: JsonObject;
  /** Sentences about what could not be taken over. */
  readonly notes: readonly string[];
}

/**
 * Makes parameters of the HTTP Request node from a cURL command, as shells and browsers write it.
 *
 * @throws {ParamError} when it is no such command.
 */
export function importCurl(command: string): CurlImport {
  const request = readCurl(command);
  const { method, flags, data, parts } = request;
  const hasBody = (data.length > 0 || parts.length > 0) && !flags.has('get');
  const implied = flags.has('head') ? 'HEAD' : hasBody ? 'POST' : 'GET';
  const { url, query } = addressOf(request);
  const contentType = typeOf(request);
  const headers = request.headers.filter(
    ([name]) => !(hasBody && name.toLowerCase() === 'content-type'),
  );
  const parameters: JsonObject = {
    method: method ?? implied,
    url,
    ...(query.length > 0 && { sendQuery: true, queryParameters: { parameters: query } }),
    ...(headers.length > 0 && {
      sendHeaders: true,
      headerParameters: { parameters: headers.map(([name, value]) => ({ name, value })) },
    }),
    ...(hasBody && { sendBody: true, ...bodyOf(request, contentType) }),
    ...(request.user !== undefined && {
      authentication: 'genericCredentialType',
      genericAuthType: 'httpBasicAuth',
    }),
    options: optionsOf(request),
  };
  return { parameters, notes: notesOf(request) };
}

type Row = { readonly name: string; readonly value: string };

const rowsOf = (fields: Iterable<readonly [string, string]>): Row[] =>
  [...fields].map(([name, value]) => ({ name, value }));

function addressOf({ url, data, flags }: CurlRequest): { url: string; query: readonly Row[] } {
  const [address = '', asked = ''] = url.split('?', 2);
  const pieces = flags.has('get') ? [asked, ...data] : [asked];
  const text = pieces.filter(Boolean).join('&');
  return { url: address, query: rowsOf(new URLSearchParams(text)) };
}

const typeOf = ({ headers }: CurlRequest): string =>
  headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

function bodyOf({ data, parts }: CurlRequest, contentType: string): JsonObject {
  if (parts.length > 0) {
    const parameters = parts.map(([name, value]) =>
      /^[@<]/.test(value)
        ? { parameterType: 'formBinaryData', name, inputDataFieldName: 'data' }
        : { parameterType: 'formData', name, value },
    );
    return { contentType: 'multipart-form-data', bodyParameters: { parameters } };
  }
  const text = data.join('&');
  if (text.startsWith('@')) return { contentType: 'binaryData', inputDataFieldName: 'data' };
  if (/\bjson\b/.test(contentType) && isJson(text))
    return { contentType: 'json', specifyBody: 'json', jsonBody: text };
  if (contentType === '' || contentType.startsWith('application/x-www-form-urlencoded')) {
    const parameters = rowsOf(new URLSearchParams(text));
    return { contentType: 'form-urlencoded', bodyParameters: { parameters } };
  }
  return { contentType: 'raw', rawContentType: contentType, body: text };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function optionsOf({ flags, maxTimeSeconds }: CurlRequest): JsonObject {
  return {
    ...(!flags.has('location') && { redirect: { redirect: { followRedirects: false } } }),
    ...(flags.has('insecure') && { allowUnauthorizedCerts: true }),
    ...(maxTimeSeconds !== undefined && { timeout: maxTimeSeconds * 1000 }),
  };
}

function notesOf({ user, data, parts, ignored }: CurlRequest): string[] {
  const isFile = data.some((piece) => piece.startsWith('@'));
  const hasFilePart = parts.some(([, value]) => /^[@<]/.test(value));
  return [
    ...(user === undefined ? [] : ['Choose a basic-auth credential: the command held a password.']),
    ...(isFile || hasFilePart ? ['A file is sent: put it into the field "data" of the item.'] : []),
    ...ignored.map((option) => `"${option}" was left out.`),
  ];
}
