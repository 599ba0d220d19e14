import { randomUUID } from 'node:crypto';
import type { StreamedBody } from '@millrace/workflow/ports';

export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array | StreamedBody;
  readonly fileName?: string;
  readonly contentType?: string;
}

/** A `multipart/form-data` body; with files in it, one that is read while it is sent. @see RFC 7578 */
export function encodeMultipart(parts: readonly Part[]): {
  bytes: Uint8Array | StreamedBody;
  contentType: string;
} {
  const boundary = `----millrace-${randomUUID()}`;
  const chunks = parts.flatMap((part) => [
    headOf(part, boundary),
    typeof part.content === 'string' ? Buffer.from(part.content) : part.content,
    Buffer.from('\r\n'),
  ]);
  const all = [...chunks, Buffer.from(`--${boundary}--\r\n`)];
  const whole = all.filter((chunk) => chunk instanceof Uint8Array);
  return {
    bytes: whole.length === all.length ? Buffer.concat(whole) : inTurn(all),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

const headOf = ({ name, fileName, contentType }: Part, boundary: string): Uint8Array =>
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"` +
      (fileName === undefined ? '' : `; filename="${quote(fileName)}"`) +
      (contentType === undefined ? '' : `\r\nContent-Type: ${contentType.replace(/[\r\n]/g, '')}`) +
      '\r\n\r\n',
  );

function inTurn(chunks: readonly (Uint8Array | StreamedBody)[]): StreamedBody {
  const sizes = chunks.map((chunk) =>
    chunk instanceof Uint8Array ? chunk.length : chunk.sizeBytes,
  );
  return {
    async *pieces() {
      for (const chunk of chunks) {
        if (chunk instanceof Uint8Array) yield chunk;
        else yield* chunk.pieces();
      }
    },
    sizeBytes: sizes.reduce<number | undefined>(
      (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
      0,
    ),
  };
}

/** Names may not end their own quotes or lines. */
const quote = (text: string): string =>
  text.replace(
    /["\r\n]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
