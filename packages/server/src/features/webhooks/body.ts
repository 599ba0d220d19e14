import type { BinaryData } from '@millrace/workflow/items';
import type { BinaryPort } from '@millrace/workflow/ports';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { BodyError, BodyTooLargeError } from './body.error.ts';
import { refusal } from './calls.ts';
import { formFields } from './form-fields.ts';
import { sendAnswer } from './send-answer.ts';

/** A request's body, as bytes and as what it says. */
export interface Body {
  readonly raw: Uint8Array;
  readonly parsed: unknown;
  readonly files: readonly { readonly field: string; readonly binary: BinaryData }[];
}

export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
export const FILE_LIMIT_BYTES = 200 * 1024 * 1024;

const NONE: Body = { raw: new Uint8Array(), parsed: {}, files: [] };

/**
 * Within this scope bodies arrive as bytes (signatures are checked over what was sent), files go into
 * the store as they arrive, and what cannot be taken in is answered in the form webhook callers know.
 */
export async function acceptBodies(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^(?!multipart\/form-data)/,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  );
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const answer = refusalOf(error);
    if (!answer) throw error;
    // Else the connection is cut while the caller still sends, and it never reads why.
    reply.removeHeader('connection');
    return sendAnswer(reply, answer);
  });
  await app.register(multipart);
}

function refusalOf(error: Error & { readonly statusCode?: number }) {
  if (error instanceof BodyError) return refusal(422, error.message, error.fix);
  if (error instanceof BodyTooLargeError) return refusal(413, error.message, error.fix);
  const { statusCode = 500 } = error;
  if (statusCode === 413)
    return refusalOf(new BodyTooLargeError('The request body', BODY_LIMIT_BYTES));
  return statusCode < 500 ? refusal(statusCode, error.message) : undefined;
}

/** @throws {BodyError} for JSON that is none. */
export async function readBody(request: FastifyRequest, binary: BinaryPort): Promise<Body> {
  if (request.isMultipart()) return readForm(request, binary);
  const raw = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) return NONE;
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return { raw, parsed: parse(type, raw), files: [] };
}

function parse(type: string, raw: Buffer): unknown {
  if (type === 'application/json' || type.endsWith('+json')) return parseJson(raw.toString());
  if (type === 'application/x-www-form-urlencoded')
    return formFields(new URLSearchParams(raw.toString()));
  const isText = type.startsWith('text/') || type === 'application/xml' || type.endsWith('+xml');
  return isText ? raw.toString() : undefined;
}

/** What a key `__proto__` cannot be written without: itself, or escapes of its letters. */
const MAY_NAME_PROTOTYPE = /__proto__|\\u00/;

function parseJson(text: string): unknown {
  try {
    // Looking at every key takes several times as long as parsing.
    return MAY_NAME_PROTOTYPE.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    throw new BodyError(error instanceof Error ? error.message : String(error));
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('"__proto__" may not be a key');
  return value;
}

/** Fields into the body, files into the binary store. */
async function readForm(request: FastifyRequest, binary: BinaryPort): Promise<Body> {
  const fields: [string, string][] = [];
  const files: { field: string; binary: BinaryData }[] = [];
  const limits = {
    fileSize: FILE_LIMIT_BYTES,
    fieldSize: BODY_LIMIT_BYTES,
    files: 100,
    fields: 1000,
    parts: 1100,
  };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      const about = { mimeType: part.mimetype, fileName: part.filename };
      const stored = await binary.put(wholeFile(part), about);
      // A browser sends a file field nobody filled as a file without name and content.
      if (part.filename !== '' || stored.bytes !== 0)
        files.push({ field: part.fieldname, binary: stored });
    } else {
      if (part.valueTruncated)
        throw new BodyTooLargeError(`The field "${part.fieldname}"`, BODY_LIMIT_BYTES);
      const { value } = part;
      fields.push([part.fieldname, typeof value === 'string' ? value : JSON.stringify(value)]);
    }
  }
  return { raw: new Uint8Array(), parsed: formFields(fields), files };
}

/** The file as it arrives. Cut off at the limit it is no file. */
async function* wholeFile({ file, fieldname }: MultipartFile): AsyncGenerator<Uint8Array> {
  yield* file;
  if (file.truncated) throw new BodyTooLargeError(`The file "${fieldname}"`, FILE_LIMIT_BYTES);
}
