import { NodeError } from '@millrace/workflow/errors';
import type { BinaryData, Item } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { HttpResponse, ResponseHead } from '@millrace/workflow/ports';
import { headerText, mediaTypeOf, textOf } from './response-text.ts';
import type { RequestSettings, ResponseFormat } from './settings.ts';

/** A response with its body understood. `undefined` is an empty one. */
export interface ReadResponse {
  readonly response: HttpResponse;
  readonly format: Exclude<ResponseFormat, 'autodetect'>;
  readonly body: unknown;
  /** A file that was stored as it arrived. */
  readonly stored?: BinaryData | undefined;
}

const FILE_TYPES =
  /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip|x-gzip|x-tar|x-7z-compressed|x-rar-compressed|vnd\.(?!.*\+json)|msword|x-bzip2?|epub\+zip|java-archive|rtf)/;

/** Reads the body by the format asked for, or by its content type. @throws {NodeError} for bad JSON. */
export function readResponse(
  response: HttpResponse,
  { responseFormat }: RequestSettings,
  [context, itemIndex]: readonly [ExecuteContext, number],
): ReadResponse {
  const format = responseFormat === 'autodetect' ? detect(response) : responseFormat;
  if (format === 'file') return { response, format, body: response.body };
  const text = textOf(response);
  if (text === '') return { response, format, body: undefined };
  if (format === 'text') return { response, format, body: text };
  try {
    return { response, format, body: JSON.parse(text) };
  } catch (error) {
    const about = { node: context.node.name, itemIndex };
    if (responseFormat === 'autodetect')
      throw new NodeError('Invalid JSON in response body', about, { cause: error });
    throw notJson(about, error);
  }
}

/** The items one response gives, paired to the item that asked. */
export async function itemsOf(
  { response, format, body, stored }: ReadResponse,
  settings: RequestSettings,
  [context, itemIndex]: readonly [ExecuteContext, number],
): Promise<readonly Item[]> {
  const pairedItem = { item: itemIndex };
  const { isFullResponse, outputPropertyName, splitsLists } = settings;
  const envelope = {
    headers: response.headers,
    statusCode: response.status,
    statusMessage: response.statusText,
  };
  if (format === 'file') {
    const input = context.items()[itemIndex];
    const file = stored ?? (await context.binary.put(response.body, aboutFile(response)));
    const json = isFullResponse ? envelope : (input?.json ?? {});
    return [{ json, pairedItem, binary: { ...input?.binary, [outputPropertyName]: file } }];
  }
  if (format === 'text') {
    const text = body === undefined ? {} : { [outputPropertyName]: body };
    return [{ json: isFullResponse ? { ...text, ...envelope } : text, pairedItem }];
  }
  if (isFullResponse) {
    return [{ json: { ...(body !== undefined && { body }), ...envelope }, pairedItem }];
  }
  if (typeof body === 'string') throw notJson({ node: context.node.name, itemIndex });
  const values = Array.isArray(body) && splitsLists ? body : [body];
  return values.map((value) => ({ json: jsonOf(value), pairedItem }));
}

/** n8n lets bare numbers and texts of a list stand as `json` (observed); nothing becomes an empty object. */
function jsonOf(value: unknown): Item['json'] {
  // The item model has objects here; a service's bare value is the one exception and passes through.
  return (value ?? {}) as Item['json'];
}

/** Whether the body goes into a file, so that it need not be whole in memory. */
export const isFile = (head: ResponseHead, { responseFormat }: RequestSettings): boolean =>
  (responseFormat === 'autodetect' ? detect(head) : responseFormat) === 'file';

function detect(response: ResponseHead): ReadResponse['format'] {
  const type = mediaTypeOf(response);
  if (/^application\/(.*\+)?json$/.test(type)) return 'json';
  return FILE_TYPES.test(type) ? 'file' : 'text';
}

/** What its headers and address say of a file. */
export function aboutFile(response: ResponseHead): { mimeType?: string; fileName?: string } {
  const mimeType = mediaTypeOf(response);
  const fileName =
    fileNameIn(headerText(response.headers['content-disposition'])) ?? lastSegment(response.url);
  return { ...(mimeType && { mimeType }), ...(fileName && { fileName }) };
}

/** @see RFC 6266 */
function fileNameIn(disposition: string): string | undefined {
  const extended = /filename\*=(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1];
}

const lastSegment = (url: string) => decoded(new URL(url).pathname.split('/').at(-1) ?? '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a file may be called "100%.txt"
  }
}

const notJson = (about: { node: string; itemIndex: number }, cause?: unknown) =>
  new NodeError('Response body is not valid JSON. Change "Response Format" to "Text"', about, {
    cause,
  });
