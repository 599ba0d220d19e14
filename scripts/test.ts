import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks } from './check.ts';
import { buildWhatIsStale } from './build.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

installChromium();
const checks = runChecks();
await buildWhatIsStale();
const suites = runSuites();
const failedChecks = checks.filter(({ passed }) => !passed).length;
const total: Count = {
  passed: suites.passed + checks.length - failedChecks,
  failed: suites.failed + failedChecks,
  skipped: suites.skipped,
};
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && suites.passed > 0 ? 0 : 1;

/** The browser tests need Chromium: on Debian as root it is a package away. */
function installChromium(): void {
  if (existsSync('/usr/bin/chromium')) return;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error(
      'The browser tests need /usr/bin/chromium. Install it ("apt-get install chromium")',
    );
  }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${status}`);
  }
}

function runSuites(): Count {
  const file = join(mkdtempSync(join(tmpdir(), 'millrace-test-')), 'results.json');
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${file}`,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const result: Record<string, number> = JSON.parse(readFileSync(file, 'utf8'));
  const failed = result.numFailedTests ?? 0;
  const failedElsewhere = status !== 0 && failed === 0 ? (result.numFailedTestSuites ?? 0) || 1 : 0;
  return {
    passed: result.numPassedTests ?? 0,
    failed: failed + failedElsewhere,
    skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
  };
}
