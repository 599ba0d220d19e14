import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '@millrace/server';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const compose = (file: string): Compose => parse(read(file), { merge: true });
const composeFiles = ['docker/compose.yml', 'docker/compose.queue.yml'];

describe('the image', () => {
  test('is built from a file without lint', () => {
    expect(validate(read('docker/Dockerfile'))).toEqual([]);
  });

  test('copies only what is in the repository or made by an earlier stage', () => {
    const sources = [...read('docker/Dockerfile').matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(
      ([, args = '']) => args.split(' ').slice(0, -1),
    );
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((source) => !existsSync(`${root}${source}`))).toEqual([]);
  });

  test('runs without root', () => {
    expect(read('docker/Dockerfile')).toMatch(/^FROM \S+:nonroot$/m);
  });
});

describe.each(composeFiles)('%s', (file) => {
  const { services, volumes } = compose(file);
  const own = Object.values(services).filter(({ image }) => image === 'millrace:latest');

  test('starts Millrace with commands it has', () => {
    expect(own.length).toBeGreaterThan(0);
    const commands = own.map(({ command }) => command?.[0] ?? 'start');
    const missing = commands.filter(
      (name) => !existsSync(`${root}packages/cli/src/commands/${name}.ts`),
    );
    expect(missing).toEqual([]);
  });

  test('sets only variables that are read', () => {
    const set = own.flatMap(({ environment }) => Object.keys(environment ?? {}));
    expect(set.filter((name) => !variablesRead().has(name))).toEqual([]);
  });

  test('declares the volumes it mounts and the services it waits for', () => {
    for (const { volumes: mounts = [], depends_on: waits = [] } of Object.values(services)) {
      for (const mount of mounts) {
        const source = mount.split(':')[0] ?? '';
        if (source.startsWith('.')) expect(existsSync(`${root}docker/${source}`)).toBe(true);
        else expect(volumes).toHaveProperty([source]);
      }
      const names = Array.isArray(waits) ? waits : Object.keys(waits);
      for (const name of names) expect(services).toHaveProperty([name]);
    }
  });
});

describe('the Helm chart', () => {
  const templates = globSync('docker/helm/millrace/templates/*', { cwd: root })
    .map(read)
    .join('\n');

  test('uses only values it declares', () => {
    const values: unknown = parse(read('docker/helm/millrace/values.yaml'));
    const used = [...templates.matchAll(/\.Values\.([\w.]+)/g)].map(([, path = '']) => path);
    expect(used.length).toBeGreaterThan(10);
    for (const path of used) expect(values).toHaveProperty(path);
  });

  test('sets only variables that are read', () => {
    const set = [...templates.matchAll(/name: (MILLRACE_\w+)/g)].map(([, name = '']) => name);
    expect(set.length).toBeGreaterThan(3);
    expect(set.filter((name) => !variablesRead().has(name))).toEqual([]);
  });

  test('closes every block it opens', () => {
    const opened = templates.match(/\{\{-? (?:if|range|with|define)\b/g) ?? [];
    const closed = templates.match(/\{\{-? end\b/g) ?? [];
    expect(closed.length).toBe(opened.length);
  });
});

/** The variables a process asks for when it reads its configuration. */
function variablesRead(): ReadonlySet<string> {
  const names = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readConfig(environment);
  return names;
}
