import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../config/index.ts';
import {
  AuditEntity,
  CredentialEntity,
  openDatabase,
  ProcessEntity,
  ProjectEntity,
  type Database,
} from '../../db/index.ts';
import { createVault } from '../credentials/index.ts';
import { fingerprintOf, readOrMakeKey, settleKey, stageKey, toKey } from './key-files.ts';
import { openInstanceKey } from './open-instance-key.ts';
import { reseal, rotateKey } from './rotate-key.ts';

const NEXT = 'the next key of the operator';
const GIVEN = 'the first key of the operator';
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'millrace-key-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const configOf = (env: Record<string, string> = {}) => readConfig({ MILLRACE_HOME: home, ...env });
const keyText = () => readFileSync(join(home, 'key'), 'utf8');

async function withDb<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(configOf().database);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Two credentials sealed with the key in use. */
const fill = (key: Buffer) =>
  withDb(async (db) => {
    const project = { id: 'p', name: 'P', kind: 'team' as const, createdAt: 1 };
    await db.source.getRepository(ProjectEntity).insert(project);
    for (const id of ['a', 'b'])
      await db.source.getRepository(CredentialEntity).insert({
        id,
        projectId: 'p',
        name: `Credential ${id}`,
        type: 'smtp',
        ...createVault(key).seal(id, { password: `secret ${id}` }),
        hosts: '[]',
        filledFields: '[]',
        limits: null,
        createdAt: 1,
        updatedAt: 1,
      });
  });

const secrets = (key: Buffer) =>
  withDb(async (db) => {
    const rows = await db.source.getRepository(CredentialEntity).find({ order: { id: 'ASC' } });
    return rows.map((row) => createVault(key).open(row.id, row)['password']);
  });

const opened = (env: Record<string, string> = {}) =>
  withDb((db) => openInstanceKey(db, configOf(env)));

/** The change of keys up to the database's commit, as a cut leaves it. */
async function cutAfterCommit(from: Buffer, text: string) {
  stageKey(home, text);
  const change = { config: configOf(), from, to: toKey(text), leavesUnreadable: false };
  await withDb((db) => reseal(db, change));
}

test('the key is made once, for its owner only', () => {
  const key = readOrMakeKey(home);
  expect(key).toHaveLength(43);
  expect(readOrMakeKey(home)).toEqual(key);
  expect(statSync(join(home, 'key')).mode & 0o777).toBe(0o600);
});

test('credentials open with the new key, not with the old, and addresses of pauses stay', async () => {
  const before = await opened();
  await fill(before.bytes);
  const rotation = await rotateKey(configOf());
  const after = await opened();
  expect(rotation).toEqual({
    credentials: 2,
    unreadable: [],
    fingerprint: fingerprintOf(after.bytes),
  });
  expect(after.bytes).not.toEqual(before.bytes);
  expect(after.resumeSecret).toBe(before.resumeSecret);
  expect(await secrets(after.bytes)).toEqual(['secret a', 'secret b']);
  await expect(secrets(before.bytes)).rejects.toMatchObject({ code: 'CRED_UNREADABLE' });
  expect(readdirSync(home).filter((name) => name.startsWith('key'))).toEqual(['key']);
  expect(statSync(join(home, 'key')).mode & 0o777).toBe(0o600);
  const audit = await withDb((db) => db.source.getRepository(AuditEntity).find());
  expect(audit).toMatchObject([{ action: 'key.rotate' }]);

  await rotateKey(configOf());
  const third = await opened();
  expect(third.resumeSecret).toBe(before.resumeSecret);
  expect(await secrets(third.bytes)).toEqual(['secret a', 'secret b']);
});

test('cut off before the database took the new key, the old one goes on', async () => {
  const before = await opened();
  await fill(before.bytes);
  stageKey(home, NEXT);
  expect((await opened()).bytes).toEqual(before.bytes);
  expect(await secrets(before.bytes)).toEqual(['secret a', 'secret b']);
});

test('cut off after the database took the new key, the next start puts it in its place', async () => {
  const before = await opened();
  await fill(before.bytes);
  await cutAfterCommit(before.bytes, NEXT);
  expect(toKey(keyText())).toEqual(before.bytes);
  const after = await opened();
  expect(keyText()).toBe(NEXT);
  expect(await secrets(after.bytes)).toEqual(['secret a', 'secret b']);
});

test('cut off, it can be run again', async () => {
  const before = await opened();
  await fill(before.bytes);
  await cutAfterCommit(before.bytes, NEXT);
  await rotateKey(configOf());
  expect(await secrets((await opened()).bytes)).toEqual(['secret a', 'secret b']);
});

test('a second change that read the old key before the first one changed it does nothing', async () => {
  const before = await opened();
  await fill(before.bytes);
  await cutAfterCommit(before.bytes, NEXT);
  const second = cutAfterCommit(before.bytes, 'another key that came too late');
  await expect(second).rejects.toMatchObject({ code: 'CONFIG_KEY_WRONG' });
  expect(await secrets((await opened()).bytes)).toEqual(['secret a', 'secret b']);
});

test('a start with the wrong key says so and how to mend it', async () => {
  await rotateKey(configOf());
  const right = keyText();
  writeFileSync(join(home, 'key'), 'a key from another machine');
  await expect(opened()).rejects.toMatchObject({
    code: 'CONFIG_KEY_WRONG',
    message: expect.stringContaining(home),
    fix: expect.stringContaining('millrace key rotate'),
  });
  rmSync(join(home, 'key'));
  await expect(opened()).rejects.toMatchObject({ code: 'CONFIG_KEY_WRONG' });
  expect(readdirSync(home)).not.toContain('key');
  await expect(opened({ MILLRACE_ENCRYPTION_KEY: GIVEN })).rejects.toMatchObject({
    message: expect.stringContaining('MILLRACE_ENCRYPTION_KEY'),
  });
  expect((await opened({ MILLRACE_ENCRYPTION_KEY: right })).bytes).toEqual(toKey(right));
});

test('a process that read the key before it was changed notices', async () => {
  await withDb(async (db) => {
    const key = await openInstanceKey(db, configOf());
    await key.confirm();
    const change = { from: key.bytes, to: toKey(NEXT), leavesUnreadable: false };
    await reseal(db, { config: configOf(), ...change });
    await expect(key.confirm()).rejects.toMatchObject({ code: 'CONFIG_KEY_WRONG' });
  });
});

test('it refuses under a running instance, and leaves no key behind', async () => {
  const before = await opened();
  await fill(before.bytes);
  const row = { id: 'one', role: 'main' as const, host: 'here', pid: 7, concurrency: 1 };
  const tell = (seenAt: number) =>
    withDb((db) => db.source.getRepository(ProcessEntity).save({ ...row, startedAt: 1, seenAt }));
  await tell(Date.now());
  await expect(rotateKey(configOf())).rejects.toMatchObject({
    code: 'CLI_INSTANCE_RUNNING',
    message: expect.stringContaining('main on here (process 7)'),
  });
  expect(readdirSync(home).filter((name) => name.startsWith('key'))).toEqual(['key']);
  expect(await secrets(before.bytes)).toEqual(['secret a', 'secret b']);
  await tell(Date.now() - 31_000);
  expect(await rotateKey(configOf())).toMatchObject({ credentials: 2 });
});

test('a key of the operator is changed to the one given, and nothing is written beside it', async () => {
  const env = { MILLRACE_ENCRYPTION_KEY: GIVEN };
  await fill(toKey(GIVEN));
  await expect(rotateKey(configOf(env))).rejects.toThrow('no file to put a new one in');
  await expect(rotateKey(configOf(env), { newKey: GIVEN })).rejects.toThrow('the one in use');
  expect(await rotateKey(configOf(env), { newKey: NEXT })).toMatchObject({ credentials: 2 });
  expect(readdirSync(home).filter((name) => name.startsWith('key'))).toEqual([]);
  await expect(opened(env)).rejects.toMatchObject({ code: 'CONFIG_KEY_WRONG' });
  const { bytes } = await opened({ MILLRACE_ENCRYPTION_KEY: NEXT });
  expect(await secrets(bytes)).toEqual(['secret a', 'secret b']);
});

test('credentials that do not open are named, and nothing changes unless they may be left', async () => {
  const before = await opened();
  await fill(before.bytes);
  await withDb((db) =>
    db.source
      .getRepository(CredentialEntity)
      .update({ id: 'b' }, createVault(toKey('some other key')).seal('b', {})),
  );
  await expect(rotateKey(configOf())).rejects.toMatchObject({
    code: 'CRED_UNREADABLE',
    details: { credentials: ['b'] },
    message: expect.stringContaining('"Credential b" (b)'),
  });
  expect((await opened()).bytes).toEqual(before.bytes);
  expect(await rotateKey(configOf(), { leavesUnreadable: true })).toMatchObject({
    credentials: 1,
    unreadable: [{ id: 'b', name: 'Credential b' }],
  });
});

test('a lost key is replaced when its credentials may be left', async () => {
  await rotateKey(configOf());
  await fill((await opened()).bytes);
  rmSync(join(home, 'key'));
  await expect(rotateKey(configOf())).rejects.toMatchObject({ code: 'CONFIG_KEY_WRONG' });
  const { unreadable } = await rotateKey(configOf(), { leavesUnreadable: true });
  expect(unreadable).toHaveLength(2);
  expect((await opened()).bytes).toEqual(toKey(keyText()));
});

test('of keys lying about, only the one asked for takes the place', () => {
  const key = readOrMakeKey(home);
  stageKey(home, NEXT);
  expect(settleKey(home, fingerprintOf(toKey(key)))).toBe(key);
  expect(settleKey(home, '0123456789abcdef')).toBeUndefined();
  expect(settleKey(home, fingerprintOf(toKey(NEXT)))).toBe(NEXT);
});
