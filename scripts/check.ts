import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const typeCheck = (project: string): Check => ({
  name: `types of ${project}`,
  command: ['tsc', '-p', `packages/${project}`],
});

/** The static part of the tests: format, lint, types, who imports whom, what nobody uses. */
const checks: readonly Check[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['oxlint', '--quiet'] },
  ...[
    'workflow',
    'workflow/tsconfig.test.json',
    'api',
    'server',
    'nodes-base',
    'nodes-marketing',
    'cli',
    'testing',
  ].map(typeCheck),
  { name: 'types of the scripts', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of editor-ui', command: ['vue-tsc', '-p', 'packages/editor-ui'] },
  { name: 'imports', command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
];

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
}

/** Runs every check, prints what failed, and stops at none. */
export function runChecks(): CheckResult[] {
  return checks.map(({ name, command: [tool, ...args] }) => {
    const { status, stdout, stderr } = spawnSync(`${root}/node_modules/.bin/${tool}`, args, {
      cwd: root,
      encoding: 'utf8',
    });
    const passed = status === 0;
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
    if (!passed) console.log(`${stdout}${stderr}`);
    return { name, passed };
  });
}

if (import.meta.main) process.exitCode = runChecks().every(({ passed }) => passed) ? 0 : 1;
