import { isMillraceError } from '../errors/index.ts';
import type { ErrorData, JsonObject } from '../items/index.ts';

/** What a node threw, as it is stored and shown. */
export function toErrorData(error: unknown, node?: string): ErrorData {
  if (!(error instanceof Error) && !isObject(error)) {
    return { message: String(error), name: 'Error', ...(node && { node }) };
  }
  const source: JsonObject = isObject(error) ? error : {};
  const details = isMillraceError(error) ? error.details : source.details;
  const extra = isObject(details) ? details : {};
  const pick = (key: string) => source[key] ?? extra[key];
  const { code, fix } = isMillraceError(error) ? error : { code: undefined, fix: undefined };
  const description = pick('description');
  const httpCode = pick('httpCode') ?? pick('status');
  const itemIndex = pick('itemIndex');
  const line = pick('line');
  const context = pick('context');
  return {
    message: String(source.message ?? 'Unknown error'),
    name: String(source.name ?? 'Error'),
    ...(node && { node }),
    ...(typeof description === 'string' && { description }),
    ...(code && { code }),
    ...(httpCode != null && { httpCode: String(httpCode) }),
    ...(fix && { fix }),
    ...(typeof itemIndex === 'number' && { itemIndex }),
    ...(typeof line === 'number' && { line }),
    ...(isObject(context) && { context }),
  };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null;
