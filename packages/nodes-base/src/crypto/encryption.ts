import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  scrypt,
} from 'node:crypto';
import { promisify } from 'node:util';

const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;

const KEY_BYTES = {
  'aes-256-gcm': 32,
  'aes-192-gcm': 24,
  'aes-128-gcm': 16,
  'chacha20-poly1305': 32,
} as const;

export type CipherName = keyof typeof KEY_BYTES;

export const isCipher = (name: string): name is CipherName => Object.hasOwn(KEY_BYTES, name);

const derive = promisify<string, Uint8Array, number, Buffer>(scrypt);

/** Encrypts and decrypts with keys made from one passphrase. Keys are derived once per salt. */
export interface PassphraseBox {
  /** Base64 of salt, nonce, tag and ciphertext. */
  encrypt(text: string, cipher: CipherName): Promise<string>;
  /** @throws {Error} when the text was not made with this passphrase and cipher, or was changed. */
  decrypt(sealed: string, cipher: CipherName): Promise<string>;
}

export function createPassphraseBox(passphrase: string): PassphraseBox {
  const ownSalt = randomBytes(SALT_BYTES);
  const keys = new Map<string, Promise<Buffer>>();

  const keyOf = (salt: Buffer, cipher: CipherName): Promise<Buffer> => {
    const name = `${cipher}:${salt.toString('hex')}`;
    const key = keys.get(name) ?? derive(passphrase, salt, KEY_BYTES[cipher]);
    keys.set(name, key);
    return key;
  };

  return {
    async encrypt(text, cipher) {
      const iv = randomBytes(IV_BYTES);
      const seal = sealer(cipher, await keyOf(ownSalt, cipher), iv);
      const body = Buffer.concat([seal.update(text, 'utf8'), seal.final()]);
      return Buffer.concat([ownSalt, iv, seal.getAuthTag(), body]).toString('base64');
    },

    async decrypt(sealed, cipher) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < SALT_BYTES + IV_BYTES + TAG_BYTES)
        throw new Error('The value is not text that this node encrypted');
      const salt = bytes.subarray(0, SALT_BYTES);
      const iv = bytes.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES);
      const rest = bytes.subarray(SALT_BYTES + IV_BYTES);
      const open = opener(cipher, await keyOf(salt, cipher), iv);
      open.setAuthTag(rest.subarray(0, TAG_BYTES));
      try {
        return Buffer.concat([open.update(rest.subarray(TAG_BYTES)), open.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw new Error('The value cannot be decrypted with this passphrase and cipher', { cause });
      }
    },
  };
}

// Node types the two kinds of cipher apart; both take a tag of the same length.
const sealer = (cipher: CipherName, key: Buffer, iv: Buffer) =>
  cipher === 'chacha20-poly1305'
    ? createCipheriv(cipher, key, iv, { authTagLength: TAG_BYTES })
    : createCipheriv(cipher, key, iv, { authTagLength: TAG_BYTES });

const opener = (cipher: CipherName, key: Buffer, iv: Buffer) =>
  cipher === 'chacha20-poly1305'
    ? createDecipheriv(cipher, key, iv, { authTagLength: TAG_BYTES })
    : createDecipheriv(cipher, key, iv, { authTagLength: TAG_BYTES });

const oaep = (key: string) => ({
  key,
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: 'sha256',
});

/** Base64 of the text encrypted for the owner of a private key (RSA-OAEP, SHA-256). */
export const encryptFor = (publicKey: string, text: string): string =>
  publicEncrypt(oaep(publicKey), Buffer.from(text)).toString('base64');

/** The text behind {@link encryptFor}. @throws {Error} when it was made for another key. */
export const decryptWith = (privateKey: string, sealed: string): string =>
  privateDecrypt(oaep(privateKey), Buffer.from(sealed, 'base64')).toString('utf8');
