import type { BinaryData } from '@millrace/workflow/items';
import type { BinaryPort } from '@millrace/workflow/ports';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyError } from './body.error.ts';
import { formFields } from './form-fields.ts';

/** A request's body, as bytes and as what it says. */
export interface Body {
  readonly raw: Uint8Array;
  readonly parsed: unknown;
  readonly files: readonly { readonly field: string; readonly binary: BinaryData }[];
}

export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
export const FILE_LIMIT_BYTES = 200 * 1024 * 1024;

const NONE: Body = { raw: new Uint8Array(), parsed: {}, files: [] };

/** Within this scope bodies arrive as bytes: signatures are checked over what was sent. */
export function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^(?!multipart\/form-data)/,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  );
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => {
      if (key === '__proto__') throw new SyntaxError('"__proto__" may not be a key');
      return value;
    });
  } catch (error) {
    throw new BodyError(error instanceof Error ? error.message : String(error));
  }
}

/** Fields into the body, files into the binary store. */
async function readForm(request: FastifyRequest, binary: BinaryPort): Promise<Body> {
  const fields: [string, string][] = [];
  const files: { field: string; binary: BinaryData }[] = [];
  const limits = { fileSize: FILE_LIMIT_BYTES, files: 100, fields: 1000, parts: 1100 };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      const about = { mimeType: part.mimetype, fileName: part.filename };
      const stored = await binary.put(await part.toBuffer(), about);
      files.push({ field: part.fieldname, binary: stored });
    } else {
      fields.push([part.fieldname, String(part.value)]);
    }
  }
  return { raw: new Uint8Array(), parsed: formFields(fields), files };
}
