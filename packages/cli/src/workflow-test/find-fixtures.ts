import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgError } from '../arg.error.ts';
import { FIXTURE_SUFFIX } from './fixture.ts';

/** The recorded runs among files and folders; in this folder when none are named. @throws {ArgError} */
export async function findFixtures(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths.length === 0 ? ['.'] : paths) files.push(...(await fixturesAt(path)));
  return files;
}

async function fixturesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new ArgError('FILES', path, 'Name a file or folder that exists');
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith(FIXTURE_SUFFIX) && !name.includes('node_modules'))
    .toSorted()
    .map((name) => join(path, name));
}
