import { base64Encode, hex, utf8 } from './bytes.ts';
import { md5 } from './md5.ts';
import { sha1 } from './sha1.ts';
import { sha2 } from './sha2.ts';
import { sha3 } from './sha3.ts';

const ALGORITHMS: Readonly<Record<string, (text: string) => string>> = {
  md5: (text) => hex(md5(utf8(text))),
  sha1: (text) => hex(sha1(utf8(text))),
  sha224: (text) => hex(sha2('sha224', utf8(text))),
  sha256: (text) => hex(sha2('sha256', utf8(text))),
  sha384: (text) => hex(sha2('sha384', utf8(text))),
  sha512: (text) => hex(sha2('sha512', utf8(text))),
  sha3: (text) => hex(sha3(utf8(text))),
  base64: base64Encode,
};

/** The digest of text as UTF-8, in hexadecimal; `undefined` for an algorithm we lack. */
export function hashText(text: string, algorithm: string): string | undefined {
  const name = algorithm.toLowerCase();
  return Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name]?.(text) : undefined;
}
