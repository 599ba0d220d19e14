import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ChildOptions {
  /** File the child runs; a built bundle passes its own. */
  readonly entry: URL;
  readonly memoryMb: number;
  /** Resident memory at which the child is killed. */
  readonly processMb: number;
}

/**
 * Starts a process with no environment, no terminal, and (by Node's permission model) no files but
 * its own code, no child processes, no workers. Its one way out is the message channel.
 */
export function startChild({ entry, memoryMb, processMb }: ChildOptions): ChildProcess {
  return fork(entry, [String(memoryMb), String(processMb)], {
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: dirname(fileURLToPath(entry)),
    execArgv: [
      '--no-node-snapshot', // isolated-vm asks for it
      '--permission',
      '--allow-addons',
      ...readablePaths(entry).map((path) => `--allow-fs-read=${path}`),
    ],
  });
}

/** Resident memory of a process, where the system tells (Linux); `undefined` elsewhere or when it is gone. */
export function residentMb(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return (pages * 4096) / 1024 / 1024;
  } catch {
    return undefined;
  }
}

function readablePaths(entry: URL): readonly string[] {
  const isolatedVm = createRequire(entry).resolve('isolated-vm/package.json');
  const loader = createRequire(isolatedVm).resolve('node-gyp-build/package.json');
  return [
    `${dirname(dirname(fileURLToPath(entry)))}/`,
    ...packageFiles(fileURLToPath(entry)),
    join(dirname(isolatedVm), '/'),
    join(dirname(loader), '/'),
    '/etc/alpine-release', // the addon's loader looks which C library this is
  ];
}

/** The `package.json` files Node reads on its way up to know whether a file is a module. */
function packageFiles(file: string): readonly string[] {
  const parent = dirname(file);
  return parent === file ? [] : [join(parent, 'package.json'), ...packageFiles(parent)];
}
