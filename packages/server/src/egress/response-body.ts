import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import type { Dispatcher } from 'undici';

import { EgressError } from './egress.error.ts';

const DECODERS = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

interface ReadOptions {
  readonly limit: number;
  readonly host: string;
  readonly method: string;
}

/** Reads a body up to a limit, which also holds after decompression. @throws {EgressError} beyond it. */
export async function readBody(
  answer: Dispatcher.ResponseData,
  { limit, host, method }: ReadOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit, host);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const encoding = String(answer.headers['content-encoding'] ?? '').toLowerCase();
  const decode = DECODERS.get(encoding);
  if (!decode || bytes.length === 0 || method === 'HEAD') return bytes;
  try {
    return await decode(bytes, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit, host);
    throw new EgressError(
      `The response of "${host}" says it is ${encoding}, but cannot be unpacked`,
      { reason: 'ERR_BAD_ENCODING', host },
      { cause: error },
    );
  }
}

const tooLarge = (limit: number, host: string) =>
  new EgressError(
    `The response of "${host}" is larger than ${limit} bytes`,
    { reason: 'ERR_RESPONSE_TOO_LARGE', host },
    { fix: 'Ask for less at once, or raise MILLRACE_EGRESS_MAX_RESPONSE_MB' },
  );
