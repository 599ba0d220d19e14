import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { JsonObject } from '@millrace/workflow/items';
import { MillraceError } from '@millrace/workflow/errors';

/** A sealed object, and the key it is sealed with, itself sealed with the instance's key. */
export interface Sealed {
  readonly data: string;
  readonly wrappedKey: string;
}

export interface Vault {
  /** @param id - Bound into the seal: the same bytes under another id do not open. */
  seal(id: string, secrets: JsonObject): Sealed;
  /** @throws {CredentialUnreadableError} when the key is another or the bytes were changed. */
  open(id: string, sealed: Sealed): JsonObject;
}

/** AES-256-GCM, one fresh data key per credential and save. */
export function createVault(instanceKey: Buffer): Vault {
  return {
    seal(id, secrets) {
      const dataKey = randomBytes(32);
      return {
        data: encrypt(dataKey, id, Buffer.from(JSON.stringify(secrets))),
        wrappedKey: encrypt(instanceKey, id, dataKey),
      };
    },

    open(id, { data, wrappedKey }) {
      try {
        const text = decrypt(decrypt(instanceKey, id, wrappedKey), id, data).toString('utf8');
        return JSON.parse(text);
      } catch (cause) {
        throw new CredentialUnreadableError(id, cause);
      }
    },
  };
}

/** A credential's data key under another instance key; `undefined` when it does not open with `from`. */
export function rewrapKey(
  { id, wrappedKey }: { readonly id: string; readonly wrappedKey: string },
  { from, to }: { readonly from: Buffer; readonly to: Buffer },
): string | undefined {
  try {
    return encrypt(to, id, decrypt(from, id, wrappedKey));
  } catch {
    return undefined;
  }
}

/** A credential that was sealed with another instance key, or was changed since. */
export class CredentialUnreadableError extends MillraceError<{ id: string }> {
  readonly code = 'CRED_UNREADABLE';

  constructor(id: string, cause: unknown) {
    super(`Credential "${id}" cannot be read with this instance's key`, {
      details: { id },
      fix: 'Start with the MILLRACE_ENCRYPTION_KEY (or key file) it was saved with, or fill it in again',
      cause,
    });
  }
}

function encrypt(key: Buffer, id: string, plain: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return ['v1', ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join(
    '.',
  );
}

function decrypt(key: Buffer, id: string, sealed: string): Buffer {
  const [, iv = '', tag = '', body = ''] = sealed.split('.');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(id)).setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]);
}
