import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBatch } from './cli-batch.ts';
import { evaluateTable, writeTable } from './expression-rows.ts';

interface Probe {
  readonly id: string;
  readonly kind: 'expression' | 'code';
  readonly payload: string;
}

/** A batch ends a run after 60 s; the rest is grace. */
const LIMIT_MS = 65_000;

/** Runs every probe through the command line; one line per probe that was not contained. */
export async function runSandboxProbes(
  folder: string,
): Promise<{ total: number; misses: string[] }> {
  const probes: Probe[] = JSON.parse(readFileSync(join(folder, 'sandbox-probes.json'), 'utf8'));
  const misses: string[] = [];
  const batch = openBatch({});
  for (const probe of probes) {
    const startedAt = Date.now();
    const output =
      probe.kind === 'expression' ? await probeExpression(probe) : await batch.run(codeCase(probe));
    const text = JSON.stringify(output) ?? 'process died';
    if (output === undefined) misses.push(`${probe.id}: the process died`);
    else if (text.includes('PWNED')) misses.push(`${probe.id}: ${text.slice(0, 200)}`);
    else if (Date.now() - startedAt > LIMIT_MS)
      misses.push(`${probe.id}: took ${Date.now() - startedAt} ms`);
  }
  batch.close();
  return { total: probes.length, misses };
}

async function probeExpression({ payload }: Probe): Promise<unknown> {
  const file = writeTable({
    inputs: { common: { a: 1, s: 'text', list: [1, 2, 3] } },
    timezone: 'UTC',
    rows: [
      { expr: `=${payload}`, input: 'common' },
      { expr: '={{ ({}).polluted ?? $json.a }}', input: 'common' },
    ],
  });
  const [probe, after] = await evaluateTable(file).catch(() => [undefined, undefined]);
  if (after?.value !== 1) return undefined;
  return probe ?? {};
}

const codeCase = ({ id, payload }: Probe) => ({
  id,
  workflow: {
    name: id,
    nodes: [
      {
        id: '1',
        name: 'Start',
        type: 'n8n-nodes-base.manualTrigger',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      },
      {
        id: '2',
        name: 'Code',
        type: 'n8n-nodes-base.code',
        typeVersion: 2,
        position: [200, 0],
        parameters: { jsCode: payload },
      },
    ],
    connections: { Start: { main: [[{ node: 'Code', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
    pinData: { Start: [{ json: { a: 1 } }] },
  },
});
