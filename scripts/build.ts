import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

type Part = 'cli' | 'editor';

interface Target {
  readonly part: Part;
  readonly name: string;
  /** What it is made from, as globs from the root. */
  readonly sources: readonly string[];
  readonly stamp: string;
  build(): Promise<void>;
}

const targets: readonly Target[] = [
  {
    part: 'cli',
    name: 'server and command line',
    sources: ['packages/{workflow,api,server,nodes-base,nodes-marketing,cli}/src/**/*.ts'],
    stamp: 'packages/cli/dist/.built',
    build: bundleCli,
  },
  {
    part: 'editor',
    name: 'editor',
    sources: [
      'packages/{workflow,api}/src/**/*.ts',
      'packages/editor-ui/{src/**/*,public/*,index.html,vite.config.ts}',
    ],
    stamp: 'packages/editor-ui/dist/.built',
    build: bundleEditor,
  },
];

/** Builds each of these parts whose sources changed since its last build. Progress goes to stderr. */
export async function buildWhatIsStale(parts: readonly Part[] = ['cli', 'editor']): Promise<void> {
  for (const target of targets) {
    if (!parts.includes(target.part) || isFresh(target)) continue;
    console.error(`Building the ${target.name} …`);
    const startedAt = performance.now();
    await target.build();
    writeStamp(target);
    console.error(`Built the ${target.name} in ${Math.round(performance.now() - startedAt)} ms`);
  }
}

function isFresh({ stamp, sources }: Target): boolean {
  const file = join(root, stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === fingerprint(sources);
}

function writeStamp({ stamp, sources }: Target): void {
  const file = join(root, stamp);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, fingerprint(sources));
}

/** Changes when a source is added, removed or written. */
function fingerprint(sources: readonly string[]): string {
  const files = sources
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !/\.test(-d)?\.ts$/.test(file))
    .map((file) => ({ file, stat: statSync(join(root, file)) }))
    .filter(({ stat }) => stat.isFile());
  const newest = Math.max(...files.map(({ stat }) => stat.mtimeMs));
  return `${files.length} files, newest ${newest}`;
}

async function bundleCli(): Promise<void> {
  const { build } = await import('rolldown');
  await build({
    cwd: root,
    input: {
      millrace: 'packages/cli/src/main.ts',
      'child/entry': 'packages/server/src/sandbox/child/entry.ts',
      'commit-thread': 'packages/server/src/runtime/commit/commit-thread.ts',
    },
    platform: 'node',
    external: (id) => !/^[./]|^@millrace\/|^millrace|^packages\//.test(id),
    logLevel: 'warn',
    plugins: [pointAtBundledEntries],
    output: {
      dir: 'packages/cli/dist',
      format: 'esm',
      cleanDir: true,
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
  });
}

/** Child and thread are started from files beside their starters: in the bundle those are JavaScript. */
const pointAtBundledEntries = {
  name: 'point-at-bundled-entries',
  transform: (code: string) =>
    /'\.\/(child\/entry|commit-thread)\.ts'/.test(code)
      ? { code: code.replaceAll(/'\.\/(child\/entry|commit-thread)\.ts'/g, "'./$1.js'"), map: null }
      : null,
};

async function bundleEditor(): Promise<void> {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: join(root, 'packages/editor-ui'), stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) throw new Error(`The editor did not build (vite ended with ${status})`);
}

if (import.meta.main) await buildWhatIsStale();
