import iconv from 'iconv-lite';
import { ParamError } from '@millrace/workflow/errors';

/** Bytes of a text in a named encoding, UTF-8 when none is named. @throws {ParamError} for an unknown one. */
export const encodeText = (text: string, encoding: unknown, addBom = false): Uint8Array =>
  iconv.encode(text, encodingName(encoding), { addBOM: addBom });

/** The text of bytes. A byte order mark is dropped unless told otherwise. @throws {ParamError} for an unknown encoding. */
export const decodeText = (bytes: Uint8Array, encoding?: unknown, stripBom = true): string =>
  iconv.decode(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    encodingName(encoding),
    {
      stripBOM: stripBom,
    },
  );

function encodingName(given: unknown): string {
  const name = typeof given === 'string' && given !== '' ? given : 'utf8';
  if (iconv.encodingExists(name)) return name;
  throw new ParamError({
    path: 'options.encoding',
    expected: 'an encoding such as utf8, utf16le or windows-1252',
    received: name,
    reason: 'mismatch',
  });
}
