import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFakeS3 } from '../testing/fake-s3.ts';
import { openTestDatabases } from '../testing/test-databases.ts';
import { createBinaryStore } from './binary-store.ts';
import type { BlobStore, StoredBlob } from './blob-store.ts';
import { createFileBlobs } from './file-blobs.ts';
import { createS3Blobs } from './s3-blobs.ts';
import { sweepBlobs } from './sweep-blobs.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const DAYS = 24 * 60 * 60_000;
const text = (value: string) => Buffer.from(value);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const readAll = async (source: AsyncIterable<Uint8Array> | undefined) => source && buffer(source);
async function listed(blobs: BlobStore): Promise<StoredBlob[]> {
  const all: StoredBlob[] = [];
  for await (const blob of blobs.list()) all.push(blob);
  return all;
}

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-blobs-'));
  ends.push(() => rm(folder, { recursive: true }));
  return folder;
}

async function openStore(kind: 'filesystem' | 's3'): Promise<{ blobs: BlobStore; folder: string }> {
  const folder = await openFolder();
  if (kind === 'filesystem') return { blobs: createFileBlobs(folder), folder };
  const s3 = await openFakeS3();
  ends.push(() => s3.close());
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  const location = { bucket: 'files', prefix: 'mill/', region: 'eu-1', endpoint: s3.endpoint };
  return { blobs: createS3Blobs(location, folder), folder };
}

describe.each(['filesystem', 's3'] as const)('on %s', (kind) => {
  let blobs: BlobStore;
  let folder: string;
  beforeEach(async () => {
    ({ blobs, folder } = await openStore(kind));
  });
  const parts = async () => (await readdir(folder)).filter((name) => name.endsWith('.part'));

  test('what arrives in pieces is kept whole, once, under its hash', async () => {
    const pieces = Array.from({ length: 40 }, () => randomBytes(50_000));
    const all = Buffer.concat(pieces);
    const first = await blobs.write(pieces);
    expect(first).toEqual({ hash: hashOf(all), size: all.length });
    expect(await blobs.write([all])).toEqual(first);
    expect((await readAll(await blobs.open(first.hash)))?.equals(all)).toBe(true);
    expect(await listed(blobs)).toMatchObject([first]);
    expect(await parts()).toEqual([]);
  });

  test('a source that breaks leaves nothing', async () => {
    async function* broken() {
      yield text('half');
      throw new Error('The sender went away');
    }
    await expect(blobs.write(broken())).rejects.toThrow('went away');
    expect(await listed(blobs)).toEqual([]);
    expect(await parts()).toEqual([]);
  });

  test('an empty file is a file, an unknown one is none', async () => {
    const { hash, size } = await blobs.write([]);
    expect(size).toBe(0);
    expect(await readAll(await blobs.open(hash))).toHaveLength(0);
    expect(await blobs.open('0'.repeat(64))).toBeUndefined();
  });

  test('what was written anew is not removed', async () => {
    const { hash } = await blobs.write([text('a')]);
    expect(await blobs.remove(hash, Date.now() - DAYS)).toBe(false);
    expect(await readAll(await blobs.open(hash))).toEqual(text('a'));
    expect(await blobs.remove(hash, Date.now() + DAYS)).toBe(true);
    expect(await blobs.open(hash)).toBeUndefined();
  });

  test('items keep a reference, and get the bytes by it', async () => {
    const store = createBinaryStore(blobs, kind);
    const about = { mimeType: 'text/csv', fileName: 'list.csv' };
    const data = await store.put(text('a;b'), about);
    expect(data).toMatchObject({
      ...about,
      data: kind,
      fileExtension: 'csv',
      fileType: 'text',
      fileSize: '3 B',
      bytes: 3,
    });
    expect(await store.get(data)).toEqual(text('a;b'));
    expect(await store.get({ data: text('in place').toString('base64'), mimeType: '' })).toEqual(
      text('in place'),
    );
    const lost = { ...data, id: `sha256:${'0'.repeat(64)}` };
    await expect(store.get(lost)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    await expect(store.get({ ...data, id: '../../key' })).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
    });
  });
});

describe.each(['sqlite', 'postgres'] as const)('the sweep on %s', (dialect) => {
  const opened = openTestDatabases();
  afterEach(opened.closeAll);

  test('takes old files nobody refers to', async () => {
    const db = await opened.open(dialect);
    const blobs = createFileBlobs(await openFolder());
    const { hash: used } = await blobs.write([text('used')]);
    const { hash: unused } = await blobs.write([text('unused')]);
    await db.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO "execution" ("id", "workflowId", "mode", "status", "createdAt") VALUES ('e', 'w', 'cli', 'success', 1)`,
      );
      await manager.query(
        `INSERT INTO "execution_file" ("executionId", "hash") VALUES ('e', '${used}')`,
      );
    });
    expect(await sweepBlobs(db, blobs, Date.now())).toEqual({ deleted: 0, bytes: 0 });
    expect(await sweepBlobs(db, blobs, Date.now() + 2 * DAYS)).toEqual({ deleted: 1, bytes: 6 });
    expect((await listed(blobs)).map(({ hash }) => hash)).toEqual([used]);
    expect(await blobs.open(unused)).toBeUndefined();
  });
});
