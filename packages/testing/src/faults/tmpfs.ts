import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A small disk of its own. Needs the right to mount. */
export async function openTmpfs(
  megabytes: number,
): Promise<{ path: string; close(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-disk-'));
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  return {
    path,
    async close() {
      await execute('umount', ['-l', path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}
