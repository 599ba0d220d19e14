/* oxlint-disable typescript/no-explicit-any, unicorn/consistent-function-scoping -- this file travels
   into the isolate as text: functions must be self-contained, and values are whatever the user made */
import type { Bridge } from './bridge.ts';

/** UTF-8, base64, hex: `Buffer` (the small part people use), `TextEncoder`, `TextDecoder`, `atob`, `btoa`. */
export function installBytes({ define }: Bridge): void {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  const utf8Encode = (text: string): number[] => {
    const bytes: number[] = [];
    for (const char of text) {
      const point = char.codePointAt(0) ?? 0;
      const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000)
        bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else
        bytes.push(
          0xf0 | (code >> 18),
          0x80 | ((code >> 12) & 63),
          0x80 | ((code >> 6) & 63),
          0x80 | (code & 63),
        );
    }
    return bytes;
  };

  const utf8Decode = (bytes: ArrayLike<number>): string => {
    let text = '';
    for (let i = 0; i < bytes.length;) {
      const first = bytes[i] ?? 0;
      const size =
        first < 0x80
          ? 1
          : first >= 0xc2 && first < 0xe0
            ? 2
            : first >= 0xe0 && first < 0xf0
              ? 3
              : first >= 0xf0 && first < 0xf5
                ? 4
                : 0;
      let code = size === 1 ? first : first & (0xff >> (size + 1));
      let isGood = size > 0;
      for (let k = 1; k < size; k++) {
        const next = bytes[i + k] ?? 0;
        if ((next & 0xc0) !== 0x80) isGood = false;
        code = (code << 6) | (next & 63);
      }
      text += isGood && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      i += isGood ? size : 1;
    }
    return text;
  };

  const base64Encode = (bytes: ArrayLike<number>): string => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const left = bytes.length - i;
      const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      text += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
      text +=
        (left > 1 ? alphabet.charAt((bits >> 6) & 63) : '=') +
        (left > 2 ? alphabet.charAt(bits & 63) : '=');
    }
    return text;
  };

  const base64Decode = (text: string): number[] => {
    const bytes: number[] = [];
    let bits = 0;
    let count = 0;
    for (const char of text.replaceAll('-', '+').replaceAll('_', '/')) {
      const value = alphabet.indexOf(char);
      if (value < 0) continue;
      bits = ((bits << 6) | value) & 0xffffff;
      count += 6;
      if (count >= 8) bytes.push((bits >> (count -= 8)) & 255);
    }
    return bytes;
  };

  const latin1 = (bytes: ArrayLike<number>) => {
    let text = '';
    for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0);
    return text;
  };
  const fromLatin1 = (text: string) => Array.from(text, (char) => char.charCodeAt(0) & 255);
  const hex = (bytes: ArrayLike<number>) =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (text: string) =>
    (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16));

  const decodeText = (text: string, encoding: string): number[] => {
    if (encoding === 'base64' || encoding === 'base64url') return base64Decode(text);
    if (encoding === 'hex') return fromHex(text);
    if (encoding === 'latin1' || encoding === 'binary' || encoding === 'ascii')
      return fromLatin1(text);
    return utf8Encode(text);
  };

  class GuestBuffer extends Uint8Array {
    static override from(value: any, encoding: any = 'utf8'): any {
      if (typeof value === 'string') return new GuestBuffer(decodeText(value, String(encoding)));
      if (value?.type === 'Buffer' && Array.isArray(value.data)) return new GuestBuffer(value.data);
      return new GuestBuffer(value);
    }
    static alloc(size: number) {
      return new GuestBuffer(size);
    }
    static isBuffer(value: unknown) {
      return value instanceof GuestBuffer;
    }
    static byteLength(text: string, encoding = 'utf8') {
      return decodeText(String(text), encoding).length;
    }
    static concat(parts: readonly Uint8Array[]) {
      return new GuestBuffer(parts.flatMap((part) => Array.from(part)));
    }
    override toString(encoding = 'utf8') {
      if (encoding === 'base64') return base64Encode(this);
      if (encoding === 'base64url')
        return base64Encode(this).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      if (encoding === 'hex') return hex(this);
      if (encoding === 'latin1' || encoding === 'binary' || encoding === 'ascii')
        return latin1(this);
      return utf8Decode(this);
    }
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) };
    }
  }

  define('Buffer', GuestBuffer);
  define('atob', (text: unknown) => latin1(base64Decode(String(text))));
  define('btoa', (text: unknown) => {
    const value = String(text);
    if (/[^\0-\xff]/.test(value)) throw new Error('Invalid character');
    return base64Encode(fromLatin1(value));
  });
  define(
    'TextEncoder',
    class TextEncoder {
      readonly encoding = 'utf-8';
      encode(text = '') {
        return new Uint8Array(utf8Encode(String(text)));
      }
    },
  );
  define(
    'TextDecoder',
    class TextDecoder {
      readonly encoding = 'utf-8';
      decode(bytes: ArrayBuffer | Uint8Array = new Uint8Array()) {
        const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
        return utf8Decode(view).replace(/^\ufeff/, '');
      }
    },
  );
}
