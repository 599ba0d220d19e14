import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { alternate, type Measurement } from '../measurement.ts';
import { answers, freePort, startMillrace } from '../millrace-process.ts';

const SECONDS = 5;
const floorFile = fileURLToPath(new URL('../floors/fastify-echo.ts', import.meta.url));

/** W1: webhook → Edit Fields (3 expressions) → If → Edit Fields → answer by the last node, saved, SQLite. */
export async function webhook(): Promise<Measurement[]> {
  const millrace = await startMillrace();
  const port = await freePort();
  const floor = spawn(process.execPath, [floorFile, String(port)], { stdio: 'ignore' });
  try {
    await millrace.publish(workflow);
    await answers(`http://127.0.0.1:${port}/up`);
    const rows: Measurement[] = [];
    for (const connections of [10, 50]) {
      const measured = await alternate(
        () => requestsPerSecond(`http://127.0.0.1:${port}/echo`, connections),
        () => requestsPerSecond(`${millrace.base}/webhook/bench`, connections),
      );
      rows.push({
        id: 'W1',
        what: `webhook → Set → If → Set, saved, ${connections} connections`,
        ...measured,
        unit: 'req/s',
        ratio: measured.subject / measured.floor,
        target: '≥ 0.10 (issue A), ≥ 0.20 (issue C)',
      });
    }
    rows.push({
      id: 'M1',
      what: 'resident memory after W1',
      subject: millrace.residentMb(),
      unit: 'MB',
      target: '< 300 MB',
    });
    return rows;
  } finally {
    floor.kill();
    await millrace.close();
  }
}

async function requestsPerSecond(url: string, connections: number): Promise<number> {
  const result = await autocannon({
    url,
    connections,
    duration: SECONDS,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n: 7, name: 'Ada' }),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return result.requests.average;
}

const node = (name: string, type: string, typeVersion: number, parameters: object, at: number) => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [at * 200, 0],
  parameters,
});
const field = (name: string, value: string, type = 'string') => ({ id: name, name, value, type });

const workflow = {
  name: 'bench',
  nodes: [
    {
      ...node(
        'Webhook',
        'webhook',
        2,
        { httpMethod: 'POST', path: 'bench', responseMode: 'lastNode' },
        0,
      ),
      webhookId: 'bench',
    },
    node(
      'First',
      'set',
      3.4,
      {
        assignments: {
          assignments: [
            field('double', '={{ $json.body.n * 2 }}', 'number'),
            field('hello', '=Hello {{ $json.body.name }}'),
            field('upper', '={{ $json.body.name.toUpperCase() }}'),
          ],
        },
        options: {},
      },
      1,
    ),
    node(
      'Big',
      'if',
      2.2,
      {
        conditions: {
          combinator: 'and',
          options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
          conditions: [
            {
              id: 'c',
              leftValue: '={{ $json.double }}',
              rightValue: 10,
              operator: { type: 'number', operation: 'gt' },
            },
          ],
        },
        options: {},
      },
      2,
    ),
    node(
      'Last',
      'set',
      3.4,
      { assignments: { assignments: [field('answer', '={{ $json.hello }}')] }, options: {} },
      3,
    ),
  ],
  connections: {
    Webhook: { main: [[{ node: 'First', type: 'main', index: 0 }]] },
    First: { main: [[{ node: 'Big', type: 'main', index: 0 }]] },
    Big: { main: [[{ node: 'Last', type: 'main', index: 0 }]] },
  },
  settings: { executionOrder: 'v1' },
};
