import { createHmac } from 'node:crypto';
import type { Config } from '../../config/index.ts';
import { alone, type Database } from '../../db/index.ts';
import { createVault } from '../credentials/index.ts';
import { WrongKeyError } from './instance-key.error.ts';
import { fingerprintOf, readOrMakeKey, settleKey, toKey } from './key-files.ts';
import { readStoredKey, type StoredKey } from './stored-key.ts';

/** What everything secret in the database hangs on. */
export interface InstanceKey {
  /** The 32 bytes that wrap every credential's key. */
  readonly bytes: Buffer;
  /** Signs the addresses of pauses; stays the same when the key is changed. */
  readonly resumeSecret: string;
  /**
   * To be asked once this process counts as running: a change of keys that came before is noticed.
   * @throws {WrongKeyError}
   */
  confirm(): Promise<void>;
}

/**
 * The key: from `MILLRACE_ENCRYPTION_KEY`, else from `$MILLRACE_HOME/key`.
 *
 * @throws {WrongKeyError} when the instance's key was changed to another.
 */
export async function openInstanceKey(db: Database, config: Config): Promise<InstanceKey> {
  const { encryptionKey, home } = config;
  const about = { isGiven: encryptionKey !== undefined, home };
  const stored = await readStoredKey(db.source.manager);
  const text =
    encryptionKey ?? (stored ? settleKey(home, stored.fingerprint) : readOrMakeKey(home));
  const bytes = text === undefined ? undefined : toKey(text);
  if (stored && (!bytes || !isKeyOf(stored, bytes)))
    throw new WrongKeyError(stored.fingerprint, about);
  if (!bytes) throw new Error('A key file was read or made, and yet there is no key');

  return {
    bytes,
    resumeSecret: resumeSecretOf(bytes, stored),
    async confirm() {
      const now = await alone(db.source, () => readStoredKey(db.source.manager));
      if (now && !isKeyOf(now, bytes)) throw new WrongKeyError(now.fingerprint, about);
    },
  };
}

export const isKeyOf = ({ fingerprint }: StoredKey, key: Buffer): boolean =>
  fingerprintOf(key) === fingerprint;

/** Under this name the secret of addresses is sealed. */
export const RESUME_ID = 'resume';

/**
 * A secret of its own for resume addresses, so that they tell nothing of the instance's key: made from the
 * first key, and handed on from there.
 */
export function resumeSecretOf(key: Buffer, stored: StoredKey | undefined): string {
  return stored
    ? String(createVault(key).open(RESUME_ID, stored.resume)['secret'])
    : createHmac('sha256', key).update('resume').digest('base64url');
}
