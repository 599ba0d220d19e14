import { gunzipSync } from 'node:zlib';

/** The text of an exported file: unzips gzip, and reads the byte order mark (Keyword Planner writes UTF-16). */
export function decodeText(bytes: Uint8Array): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return new TextDecoder(encodingOf(plain)).decode(plain);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
