import type { EntityManager } from 'typeorm';
import { SettingEntity } from '../../db/index.ts';
import type { Sealed } from '../credentials/index.ts';

const SETTING = 'instance-key';

/** What the database remembers of a key once it was changed. Before that, nothing. */
export interface StoredKey {
  /** Of the key everything is sealed with. */
  readonly fingerprint: string;
  /** What addresses of pauses are signed with: sealed, so that it outlives the key it came from. */
  readonly resume: Sealed;
}

export async function readStoredKey(manager: EntityManager): Promise<StoredKey | undefined> {
  const row = await manager.findOneBy(SettingEntity, { key: SETTING });
  if (!row) return undefined;
  const stored: StoredKey = JSON.parse(row.value);
  return stored;
}

export async function writeStoredKey(manager: EntityManager, stored: StoredKey): Promise<void> {
  await manager.upsert(SettingEntity, { key: SETTING, value: JSON.stringify(stored) }, ['key']);
}
