import { isMillraceError } from '@millrace/workflow/errors';
import type { Config } from '../../config/index.ts';
import {
  alone,
  AuditEntity,
  CredentialEntity,
  newId,
  openDatabase,
  requireStopped,
  type Database,
} from '../../db/index.ts';
import { InvalidError } from '../../platform/index.ts';
import { createVault, rewrapKey } from '../credentials/index.ts';
import { KeyNotFittingError, WrongKeyError } from './instance-key.error.ts';
import {
  currentKey,
  dropStagedKey,
  fingerprintOf,
  newKeyText,
  readOrMakeKey,
  settleKey,
  stageKey,
  toKey,
} from './key-files.ts';
import { isKeyOf, RESUME_ID, resumeSecretOf } from './open-instance-key.ts';
import { readStoredKey, writeStoredKey, type StoredKey } from './stored-key.ts';

export interface RotateOptions {
  /** The new key's text; one is made when there is none. Needed when the operator keeps the key. */
  readonly newKey?: string | undefined;
  /** Goes on although some credentials do not open; they stay as they are. */
  readonly leavesUnreadable?: boolean;
}

export interface Rotation {
  /** How many hang on the new key. */
  readonly credentials: number;
  readonly unreadable: readonly { readonly id: string; readonly name: string }[];
  /** The new key's. */
  readonly fingerprint: string;
}

/**
 * Gives the instance another key. Cut off at any point, the key the database then asks for is there: the new
 * one is on the disk before the database takes it, and only then takes the old one's place.
 */
export async function rotateKey(config: Config, options: RotateOptions = {}): Promise<Rotation> {
  const { encryptionKey, home } = config;
  const { newKey, leavesUnreadable = false } = options;
  if (encryptionKey !== undefined && newKey === undefined)
    throw new InvalidError(
      'MILLRACE_ENCRYPTION_KEY holds the key, so there is no file to put a new one in',
      'Give the new key yourself, then set the variable to it',
    );
  const db = await openDatabase(config.database);
  try {
    const text = newKey ?? newKeyText();
    const from = keyInUse(config, await readStoredKey(db.source.manager));
    if (encryptionKey === undefined) stageKey(home, text);
    try {
      const rotation = await reseal(db, { config, from, to: toKey(text), leavesUnreadable });
      if (encryptionKey === undefined) settleKey(home, rotation.fingerprint);
      return rotation;
    } catch (error) {
      // Said by us before anything was written. After any other error the database may ask for this key,
      // and a given one may be another change's too: it stays.
      if (isMillraceError(error) && newKey === undefined) dropStagedKey(home, text);
      throw error;
    }
  } finally {
    await db.close();
  }
}

/** The key as it is found, right or wrong; `reseal` tells. */
function keyInUse({ encryptionKey, home }: Config, stored: StoredKey | undefined): Buffer {
  const text = stored
    ? (encryptionKey ?? settleKey(home, stored.fingerprint) ?? currentKey(home) ?? newKeyText())
    : (encryptionKey ?? readOrMakeKey(home));
  return toKey(text);
}

interface Change {
  readonly config: Config;
  readonly from: Buffer;
  readonly to: Buffer;
  readonly leavesUnreadable: boolean;
}

/** Wraps every data key with the new key, all or none, with no process that holds the old one. */
export async function reseal(db: Database, change: Change): Promise<Rotation> {
  const { config, from, to, leavesUnreadable } = change;
  const { encryptionKey, home, leaseSeconds } = config;
  const fingerprint = fingerprintOf(to);
  const work = () =>
    db.transaction(async (manager) => {
      await requireStopped(manager, { command: 'millrace key rotate', leaseSeconds });
      const stored = await readStoredKey(manager);
      const isRight = !stored || isKeyOf(stored, from);
      if (!isRight && !leavesUnreadable)
        throw new WrongKeyError(stored.fingerprint, { isGiven: encryptionKey !== undefined, home });
      if (fingerprint === (stored?.fingerprint ?? fingerprintOf(from)))
        throw new InvalidError('The new key is the one in use', 'Give another one');

      const rows = await manager.find(CredentialEntity, {
        select: { id: true, name: true, wrappedKey: true },
      });
      const wrapped = rows.map((row) => ({ ...row, next: rewrapKey(row, { from, to }) }));
      const unreadable = wrapped.flatMap(({ id, name, next }) => (next ? [] : { id, name }));
      if (unreadable.length > 0 && !leavesUnreadable) throw new KeyNotFittingError(unreadable);
      for (const { id, next } of wrapped)
        if (next) await manager.update(CredentialEntity, { id }, { wrappedKey: next });

      const secret = isRight ? resumeSecretOf(from, stored) : newKeyText();
      const resume = createVault(to).seal(RESUME_ID, { secret });
      await writeStoredKey(manager, { fingerprint, resume });
      await manager.insert(AuditEntity, rotated(fingerprint));
      return { credentials: rows.length - unreadable.length, unreadable, fingerprint };
    });
  return alone(db.source, work);
}

const rotated = (fingerprint: string) => ({
  id: newId(),
  at: Date.now(),
  userId: null,
  action: 'key.rotate',
  target: 'instance',
  details: JSON.stringify({ fingerprint }),
});
