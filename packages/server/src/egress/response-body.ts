import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzip,
  inflate,
} from 'node:zlib';

import type { Dispatcher } from 'undici';

import { EgressError } from './egress.error.ts';

const DECODERS = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

const STREAM_DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
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
  const encoding = encodingOf(answer);
  const decode = DECODERS.get(encoding);
  if (!decode || bytes.length === 0 || method === 'HEAD') return bytes;
  try {
    return await decode(bytes, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit, host);
    throw badEncoding(encoding, host, error);
  }
}

/** The body as it arrives, unpacked, up to a limit. @throws {EgressError} beyond it. */
export async function* bodyPieces(
  answer: Dispatcher.ResponseData,
  { limit, host }: Pick<ReadOptions, 'limit' | 'host'>,
): AsyncGenerator<Uint8Array> {
  const encoding = encodingOf(answer);
  const unpack = STREAM_DECODERS.get(encoding)?.();
  // A cut connection ends the unpacking, which throws below.
  const pieces: Readable = unpack ? pipeline(answer.body, unpack, () => undefined) : answer.body;
  let size = 0;
  try {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > limit) throw tooLarge(limit, host);
      yield piece;
    }
  } catch (error) {
    throw isZlibError(error) ? badEncoding(encoding, host, error) : error;
  }
}

const encodingOf = ({ headers }: Dispatcher.ResponseData): string =>
  String(headers['content-encoding'] ?? '').toLowerCase();

const isZlibError = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(Z_|ERR__?ERROR|ERR_BROTLI)/.test(String(error.code));

const badEncoding = (encoding: string, host: string, cause: unknown) =>
  new EgressError(
    `The response of "${host}" says it is ${encoding}, but cannot be unpacked`,
    { reason: 'ERR_BAD_ENCODING', host },
    { cause },
  );

const tooLarge = (limit: number, host: string) =>
  new EgressError(
    `The response of "${host}" is larger than ${limit} bytes`,
    { reason: 'ERR_RESPONSE_TOO_LARGE', host },
    { fix: 'Ask for less at once, or raise MILLRACE_EGRESS_MAX_RESPONSE_MB' },
  );
