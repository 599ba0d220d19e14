import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The wall clock of a machine, as the processes that get `env` see it. Their monotonic clock stays true. */
export interface MovableClock {
  readonly env: NodeJS.ProcessEnv;
  /** `libfaketime` below the process, or `Date` in it where that library is missing. */
  readonly kind: 'libfaketime' | 'injected';
  /** Sets the clock, for processes that run already too; ms since the epoch. It goes on from there. */
  set(at: number): Promise<void>;
  close(): Promise<void>;
}

/** Where Debian's package `faketime` puts the library for programs with threads. */
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
  (machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`,
);

export async function openMovableClock(): Promise<MovableClock> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-clock-'));
  const file = join(folder, 'offset');
  const set = async (at: number) => {
    const seconds = (at - Date.now()) / 1000;
    // In one move: whoever reads gets the old time or the new one.
    await writeFile(`${file}.next`, `${seconds < 0 ? '' : '+'}${seconds.toFixed(3)}\n`);
    await rename(`${file}.next`, file);
  };
  await set(Date.now());
  const library = LIBRARIES.find((path) => existsSync(path));
  const faketime = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    DONT_FAKE_MONOTONIC: '1',
  };
  return {
    kind: library === undefined ? 'injected' : 'libfaketime',
    env: library === undefined ? { FAULT_CLOCK_FILE: file } : faketime,
    set,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
