/** `npm run dev`: the server from its sources, restarted on each change, and the editor with hot reload. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const processes = [
  run(root, ['--watch', '--watch-preserve-output', here('packages/cli/src/main.ts'), 'start']),
  run(here('packages/editor-ui'), [here('node_modules/vite/bin/vite.js'), '--clearScreen=false']),
];
console.error('Editor with hot reload: http://127.0.0.1:5173 (the API runs on port 5678)');

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopAll());
for (const child of processes) child.once('exit', () => stopAll());

function run(cwd: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...args], { cwd, stdio: 'inherit' });
}

/** One without the other is of no use: when either ends, both do. */
function stopAll(): void {
  for (const child of processes) if (child.exitCode === null) child.kill('SIGTERM');
}
