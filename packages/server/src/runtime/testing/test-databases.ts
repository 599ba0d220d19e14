import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { openDatabase, type Database } from '../../db/index.ts';

const SERVER = process.env['MILLRACE_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432';

/** Fresh databases for one test, gone after it. */
export function openTestDatabases() {
  const open: (() => Promise<void>)[] = [];

  return {
    /** `sqlite` is in memory; `sqlite file` is a real one, written to by a second connection. */
    async open(kind: 'sqlite' | 'sqlite file' | 'postgres'): Promise<Database> {
      if (kind === 'sqlite') {
        const db = await openDatabase({ kind, path: ':memory:' });
        open.push(() => db.close());
        return db;
      }
      if (kind === 'sqlite file') {
        const folder = await mkdtemp(join(tmpdir(), 'millrace-db-'));
        const db = await openDatabase({ kind: 'sqlite', path: join(folder, 'test.sqlite') });
        open.push(async () => {
          await db.close();
          await rm(folder, { recursive: true });
        });
        return db;
      }
      const name = `runtime_${randomBytes(6).toString('hex')}`;
      await admin(`CREATE DATABASE ${name}`);
      const db = await openDatabase({ kind, url: `${SERVER}/${name}` });
      open.push(async () => {
        await db.close();
        await admin(`DROP DATABASE ${name}`);
      });
      return db;
    },
    async closeAll(): Promise<void> {
      await Promise.all(open.splice(0).map((close) => close()));
    },
  };
}

async function admin(sql: string): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url: `${SERVER}/test` }).initialize();
  await source.query(sql).finally(() => source.destroy());
}
