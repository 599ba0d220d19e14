import { randomUUID } from 'node:crypto';

export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly fileName?: string;
  readonly contentType?: string;
}

/** A `multipart/form-data` body. @see RFC 7578 */
export function encodeMultipart(parts: readonly Part[]): {
  bytes: Uint8Array;
  contentType: string;
} {
  const boundary = `----millrace-${randomUUID()}`;
  const chunks = parts.flatMap(({ name, content, fileName, contentType }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"` +
        (fileName === undefined ? '' : `; filename="${quote(fileName)}"`) +
        (contentType === undefined
          ? ''
          : `\r\nContent-Type: ${contentType.replace(/[\r\n]/g, '')}`) +
        '\r\n\r\n',
    ),
    typeof content === 'string' ? Buffer.from(content) : content,
    Buffer.from('\r\n'),
  ]);
  return {
    bytes: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** Names may not end their own quotes or lines. */
const quote = (text: string): string =>
  text.replace(
    /["\r\n]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
