import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../config/index.ts';

const MIN_LENGTH = 16;

/** The key's 32 bytes, of the text an operator keeps. */
export const toKey = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Tells keys apart without telling what they are. */
export const fingerprintOf = (key: Buffer): string =>
  createHmac('sha256', key).update('fingerprint').digest('hex').slice(0, 16);

export const newKeyText = (): string => randomBytes(32).toString('base64url');

/** `$MILLRACE_HOME/key`, made (readable by its owner only) when it is not there. */
export function readOrMakeKey(home: string): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  try {
    // `wx` fails when the file is there: two processes that start at once agree on one key.
    writeFileSync(pathOf(home), newKeyText(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = readKey(pathOf(home));
  if (key === undefined || key.length < MIN_LENGTH)
    throw new ConfigError('MILLRACE_HOME', home, 'a folder whose file "key" holds a key');
  return key;
}

/**
 * The key the database asks for. A change of keys that was cut off after the database took the new one
 * left that one beside `key`: it gets its place here.
 */
export function settleKey(home: string, fingerprint: string): string | undefined {
  const staged = stagedPath(home, fingerprint);
  if (isKey(readKey(staged), fingerprint)) {
    try {
      renameSync(staged, pathOf(home));
    } catch (error) {
      // Another process was quicker.
      if (existsSync(staged)) throw error;
    }
  }
  const key = readKey(pathOf(home));
  return isKey(key, fingerprint) ? key : undefined;
}

/** Whatever `key` holds. */
export const currentKey = (home: string): string | undefined => readKey(pathOf(home));

/** Writes a new key beside `key`, safe from a power cut, under a name no other change uses. */
export function stageKey(home: string, text: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const path = stagedPath(home, fingerprintOf(toKey(text)));
  writeFileSync(path, text, { mode: 0o600, flush: true });
  // The name too has to reach the disk. Windows has no such call for folders.
  if (process.platform === 'win32') return;
  const folder = openSync(home, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Takes back {@link stageKey}. */
export function dropStagedKey(home: string, text: string): void {
  rmSync(stagedPath(home, fingerprintOf(toKey(text))), { force: true });
}

const pathOf = (home: string) => join(home, 'key');
const stagedPath = (home: string, fingerprint: string) => join(home, `key.${fingerprint}`);

const readKey = (path: string) =>
  existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;

const isKey = (text: string | undefined, fingerprint: string): text is string =>
  text !== undefined && fingerprintOf(toKey(text)) === fingerprint;
