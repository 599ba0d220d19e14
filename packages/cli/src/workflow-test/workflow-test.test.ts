import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseWorkflow, type NodeJson, type WorkflowJson } from '@millrace/workflow/graph';
import { openHost } from '../in-memory/host.ts';
import { describeResult } from './describe-result.ts';
import { findFixtures } from './find-fixtures.ts';
import { readFixture, writeFixture, type Fixture } from './fixture.ts';
import { recordRun } from './record-run.ts';
import { replayRun } from './replay-run.ts';

let host: Awaited<ReturnType<typeof openHost>>;
let server: Server;
let folder: string;
let calls = 0;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  server = createServer((_, response) => {
    calls++;
    response.setHeader('content-type', 'application/json');
    response.end('{"price": 10}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  host = await openHost({ ...process.env, MILLRACE_EGRESS_ALLOW: '127.0.0.1' });
});
afterAll(async () => {
  await host.close();
  server.close();
  await rm(folder, { recursive: true });
});

const node = (name: string, type: string, typeVersion: number, parameters = {}): NodeJson => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [0, 0],
  parameters,
});

/** Start > Fetch > Total, where the total is worked out by an expression. */
function priced(total = '={{ $json.price * 2 }}'): WorkflowJson {
  const wire = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
  const assignments = [
    { id: '1', name: 'total', type: 'number', value: total },
    { id: '2', name: 'at', type: 'string', value: '={{ $now.toISO() }}' },
  ];
  return parseWorkflow({
    name: 'Priced',
    nodes: [
      node('Start', 'manualTrigger', 1),
      node('Fetch', 'httpRequest', 4.2, { url, options: {} }),
      node('Total', 'set', 3.4, { assignments: { assignments }, options: {} }),
    ],
    connections: { Start: wire('Fetch'), Fetch: wire('Total') },
    settings: { executionOrder: 'v1' },
  }).workflow;
}

const now = Date.UTC(2024, 0, 1);
const record = (workflow = priced()) =>
  recordRun({ workflow, source: { file: 'w.json' }, now, input: [{ json: {} }] }, host);

test('a replay gives what was recorded, without asking the service again', async () => {
  const fixture = await record();
  expect(fixture.runs['Total']?.[0]?.outputs[0]?.[0]?.json).toEqual({
    total: 20,
    at: '2024-01-01T00:00:00.000Z',
  });
  const before = calls;
  expect(await replayRun(fixture, priced(), host)).toEqual({ passed: true, nodes: [] });
  expect(calls).toBe(before);
});

test('a changed expression is shown by node, item and field', async () => {
  const result = await replayRun(await record(), priced('={{ $json.price * 3 }}'), host);
  expect(result.nodes).toEqual([
    {
      node: 'Total',
      run: 0,
      differences: [{ path: 'output 0 · item 0 · json.total', expected: 20, received: 30 }],
    },
  ]);
  expect(describeResult('a', result)).toBe(
    ['✗ a', '  Total', '    output 0 · item 0 · json.total', '      - 20', '      + 30'].join('\n'),
  );
});

test('a node that reaches outside and was not recorded says so', async () => {
  const recorded = await record();
  const runs = Object.entries(recorded.runs).filter(([name]) => name !== 'Fetch');
  const fixture: Fixture = { ...recorded, runs: Object.fromEntries(runs) };
  const result = await replayRun(fixture, priced(), host);
  expect(result.ending).toEqual({
    expected: 'success',
    received: 'error: Nothing is recorded for run 1 of "Fetch"',
  });
});

test('an error that was recorded happens again', async () => {
  const broken = priced();
  const failing = {
    ...broken,
    nodes: broken.nodes.map((each) =>
      each.name === 'Fetch' ? { ...each, parameters: { url: 'http://127.0.0.1:1/' } } : each,
    ),
  };
  const fixture = await record(failing);
  expect(fixture.status).toBe('error');
  expect(await replayRun(fixture, failing, host)).toMatchObject({ passed: true });
});

test('a node that ran no more is a difference of order', async () => {
  const whole = priced();
  const cut = { ...whole, connections: { Start: whole.connections['Start'] ?? {} } };
  const result = await replayRun(await record(), cut, host);
  expect(result.order?.received).toEqual(['Start', 'Fetch']);
  expect(result.nodes.map(({ node: name }) => name)).toEqual(['Total']);
});

test('a recorded run is found in its folder and read back', async () => {
  const fixture = await record();
  await mkdir(join(folder, 'deep'));
  const file = join(folder, 'deep', 'a.workflow-test.json');
  await writeFixture(file, fixture);
  await writeFile(join(folder, 'other.json'), '{}');
  expect(await findFixtures([folder])).toEqual([file]);
  expect(await readFixture(file)).toEqual(fixture);
  await expect(readFixture(join(folder, 'other.json'))).rejects.toMatchObject({
    code: 'CLI_ARG_INVALID',
  });
});
