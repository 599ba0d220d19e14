import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './config.error.ts';

/**
 * The 32 bytes that wrap every credential's key: from `MILLRACE_ENCRYPTION_KEY`, else from
 * `$MILLRACE_HOME/key`, which is made (readable by its owner only) when it is not there.
 */
export function loadInstanceKey({ encryptionKey, home }: Config): Buffer {
  return createHash('sha256')
    .update(encryptionKey ?? keyFile(home))
    .digest();
}

function keyFile(home: string): string {
  const path = join(home, 'key');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  try {
    // `wx` fails when the file is there: two processes that start at once agree on one key.
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = readFileSync(path, 'utf8').trim();
  if (key.length < 16)
    throw new ConfigError('MILLRACE_HOME', home, 'a folder whose file "key" holds a key');
  return key;
}
