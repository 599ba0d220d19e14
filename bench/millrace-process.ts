import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuilt } from './built-process.ts';
import { createOwner, ownerEnv } from './owner.ts';

export type MillraceProcess = Awaited<ReturnType<typeof startMillrace>>;

/** The built product as a process of its own that does everything, with a fresh home. */
export async function startMillrace(env: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const process = await startBuilt('start', { MILLRACE_HOME: home, ...ownerEnv, ...env });
  return {
    ...process,
    ...createOwner(process.base),
    home,
    async close(): Promise<void> {
      await process.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
