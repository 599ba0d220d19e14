import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const imports = (path: string) => `import '${path}';\nexport const here = 1;\n`;

/** For each rule, files that break it and no other. */
const breaches: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': {
    'packages/workflow/src/a.ts': imports('./b.ts'),
    'packages/workflow/src/b.ts': imports('./a.ts'),
  },
  'workflow-imports-nothing': {
    'packages/workflow/src/a.ts': imports('../../api/src/b.ts'),
    'packages/api/src/b.ts': '',
  },
  'api-imports-workflow-only': {
    'packages/api/src/a.ts': imports('../../server/src/b.ts'),
    'packages/server/src/b.ts': '',
  },
  'nodes-import-workflow-only': {
    'packages/nodes-base/src/a.ts': imports('../../server/src/b.ts'),
    'packages/server/src/b.ts': '',
  },
  'editor-talks-over-api': {
    'packages/editor-ui/src/a.ts': imports('../../server/src/b.ts'),
    'packages/server/src/b.ts': '',
  },
  'server-knows-no-nodes': {
    'packages/server/src/a.ts': imports('../../nodes-base/src/b.ts'),
    'packages/nodes-base/src/b.ts': '',
  },
  'only-tests-import-testing': {
    'packages/cli/src/a.ts': imports('../../testing/src/b.ts'),
    'packages/testing/src/b.ts': '',
  },
  'features-meet-at-index': {
    'packages/server/src/features/one/a.ts': imports('../two/b.ts'),
    'packages/server/src/features/two/b.ts': '',
  },
  'ui-imports-no-feature': {
    'packages/editor-ui/src/ui/a.ts': imports('../features/one/index.ts'),
    'packages/editor-ui/src/features/one/index.ts': '',
  },
};

test('every rule has a breach here', () => {
  const config = readFileSync(join(root, '.dependency-cruiser.mjs'), 'utf8');
  const names = [...config.matchAll(/(?:name: |layer\()\s*'([^']+)'/g)].map(([, name]) => name);
  expect(names.toSorted()).toEqual(Object.keys(breaches).toSorted());
});

test.each(Object.entries(breaches))('%s fires', (rule, files) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-rules-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, 'tsconfig.base.json'), '{}');
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/depcruise'),
      ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'packages'],
      { cwd: folder, encoding: 'utf8' },
    );
    const { summary }: { summary: { violations: { rule: { name: string } }[] } } =
      JSON.parse(stdout);
    expect([...new Set(summary.violations.map((one) => one.rule.name))]).toEqual([rule]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
