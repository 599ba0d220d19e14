const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Base64 of text as UTF-8. */
export function base64Encode(text: string): string {
  const bytes = utf8(text);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** Text from base64 of UTF-8; also the URL-safe alphabet. What is not base64 is left out. */
export function base64Decode(text: string): string {
  const clean = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  const usable = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  return decoder.decode(Uint8Array.from(atob(usable), (char) => char.charCodeAt(0)));
}

/** Message padding of MD5, SHA-1 and SHA-2: a one bit, zeros, the length in bits. */
export function padMessage(
  message: Uint8Array,
  blockBytes: 64 | 128,
  isLittleEndian = false,
): DataView {
  const lengthBytes = blockBytes / 8;
  const total = Math.ceil((message.length + 1 + lengthBytes) / blockBytes) * blockBytes;
  const padded = new Uint8Array(total);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(total - 8, BigInt(message.length) * 8n, isLittleEndian);
  return view;
}

export const rotateLeft = (word: number, bits: number): number =>
  (word << bits) | (word >>> (32 - bits));
