import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const MIGRATIONS = 'packages/server/src/db/migrations';
const INSTANCE = 'packages/testing/src/faults/instance.ts';

/** The build before the one at hand: the last commit without the newest migration. */
export interface OlderBuild {
  readonly commit: string;
  /** Its process under test; see `instance.ts`. */
  readonly instance: string;
  close(): Promise<void>;
}

/** @returns `undefined` where the history does not go back so far, as in a shallow clone. */
export async function openOlderBuild(): Promise<OlderBuild | undefined> {
  const commit = await olderCommit();
  if (commit === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'millrace-older-'));
  await execute('sh', ['-c', `git archive ${commit} | tar -x -C "${folder}"`], { cwd: ROOT });
  await linkPackages(join(folder, 'node_modules'));
  return {
    commit: commit.slice(0, 7),
    instance: join(folder, INSTANCE),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function olderCommit(): Promise<string | undefined> {
  const git = (...args: string[]) =>
    execute('git', args, { cwd: ROOT }).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
  const names = (await readdir(join(ROOT, MIGRATIONS))).filter((name) => /^\d+-/.test(name));
  const newest = names.toSorted().at(-1);
  const added = await git('log', '--diff-filter=A', '--format=%H', '--', `${MIGRATIONS}/${newest}`);
  // A migration nobody has committed yet: the last commit is the build before.
  const older = added === '' ? 'HEAD' : `${added.split('\n').at(-1)}^`;
  const commit = await git('rev-parse', '--verify', '--quiet', older);
  const hasInstance = commit && (await git('cat-file', '-t', `${commit}:${INSTANCE}`)) === 'blob';
  return hasInstance ? commit : undefined;
}

/** Libraries are those of this workspace; packages of the workspace are the older build's own. */
async function linkPackages(target: string): Promise<void> {
  const source = join(ROOT, 'node_modules');
  await mkdir(target);
  for (const name of await readdir(source)) {
    const from = join(source, name);
    const isOwn = name === '@millrace' || (await lstat(from)).isSymbolicLink();
    // The links say `../packages/…`, so a copy of one leads to the older build's package.
    if (isOwn) await cp(from, join(target, name), { recursive: true, verbatimSymlinks: true });
    else await symlink(from, join(target, name));
  }
}
