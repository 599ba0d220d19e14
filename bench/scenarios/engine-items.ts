import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { runExecution, type EnginePorts } from '@millrace/workflow/engine';
import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry } from '@millrace/workflow/node-api';
import { nodesBase } from '@millrace/nodes-base';
import { alternate, type Measurement } from '../measurement.ts';

const ITEMS = 100_000;

/**
 * E2: 100,000 items through five expression fields, a filter, a sort, a summary and a limit; the floor is the
 * same work in plain JavaScript. Also how long the event loop was held at a time.
 */
export async function engineItems(): Promise<Measurement[]> {
  let longestHoldMs = 0;
  const measured = await alternate(
    async () => millisecondsOf(async () => summarizePlainly()),
    async () => {
      const holds = watchHolds();
      const took = await millisecondsOf(runFlow);
      longestHoldMs = holds.stop();
      return took;
    },
  );
  return [
    {
      id: 'E2',
      what: `5 nodes × ${ITEMS} items`,
      ...measured,
      unit: 'ms',
      ratio: measured.subject / measured.floor,
      target: '≤ 6 ×',
    },
    {
      id: 'E2',
      what: 'longest hold of the event loop',
      subject: longestHoldMs,
      unit: 'ms',
      target: '≤ 50 ms',
    },
  ];
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Counts a turn per timer tick: the longest time between two is the longest anyone had to wait. */
function watchHolds() {
  let longest = 0;
  let lastAt = performance.now();
  const note = () => {
    const at = performance.now();
    longest = Math.max(longest, at - lastAt);
    lastAt = at;
  };
  const timer = setInterval(note, 1);
  return {
    stop() {
      note();
      clearInterval(timer);
      return longest;
    },
  };
}

interface Order {
  readonly id: number;
  readonly name: string;
  readonly price: number;
  readonly count: number;
  readonly country: string;
}

const COUNTRIES = ['DE', 'FR', 'PL', 'IT', 'ES'];

const orders: readonly Order[] = Array.from({ length: ITEMS }, (_, id) => ({
  id,
  name: `Customer ${(id * 7919) % ITEMS}`,
  price: (id * 31) % 1000,
  count: (id % 9) + 1,
  country: COUNTRIES[id % COUNTRIES.length] ?? 'DE',
}));

const items = orders.map((order) => ({ json: { ...order } }));

function summarizePlainly() {
  const totals = new Map<string, { sum: number; count: number }>();
  const rows = orders
    .map((order) => ({
      ...order,
      total: order.price * order.count,
      label: `${order.name} (${order.country})`,
      upper: order.name.toUpperCase(),
      size: order.price > 500 ? 'big' : 'small',
      half: order.price / 2,
    }))
    .filter((row) => row.total > 100)
    .toSorted((a, b) => b.total - a.total);
  for (const { country, total } of rows) {
    const held = totals.get(country) ?? { sum: 0, count: 0 };
    totals.set(country, { sum: held.sum + total, count: held.count + 1 });
  }
  return [...totals].slice(0, 3);
}

async function runFlow(): Promise<void> {
  const { status, error, runs } = await runExecution(
    {
      executionId: 'bench',
      workflow: flow,
      mode: 'trigger',
      start: { node: 'Start', outputs: [items] },
    },
    ports,
  );
  const answer = runs.at(-1)?.outputs[0]?.length;
  if (status !== 'success' || answer !== 3) {
    throw new Error(`The flow ended with ${status}, ${answer} items: ${error?.message}`);
  }
}

const node = (name: string, typeVersion: number, at: number, parameters: object): NodeJson => ({
  id: String(at),
  name,
  type: `n8n-nodes-base.${at === 0 ? 'manualTrigger' : name}`,
  typeVersion,
  position: [at * 200, 0],
  parameters: { ...parameters },
});

const field = (name: string, type: string, value: string) => ({ id: name, name, type, value });

const nodes = [
  node('Start', 1, 0, {}),
  node('set', 3.4, 1, {
    includeOtherFields: true,
    assignments: {
      assignments: [
        field('total', 'number', '={{ $json.price * $json.count }}'),
        field('label', 'string', '={{ $json.name }} ({{ $json.country }})'),
        field('upper', 'string', '={{ $json.name.toUpperCase() }}'),
        field('size', 'string', "={{ $json.price > 500 ? 'big' : 'small' }}"),
        field('half', 'number', '={{ $json.price / 2 }}'),
      ],
    },
  }),
  node('filter', 2.2, 2, {
    conditions: {
      options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
      combinator: 'and',
      conditions: [
        {
          id: 'c1',
          leftValue: '={{ $json.total }}',
          rightValue: 100,
          operator: { type: 'number', operation: 'gt' },
        },
      ],
    },
  }),
  node('sort', 1, 3, {
    sortFieldsUi: { sortField: [{ fieldName: 'total', order: 'descending' }] },
  }),
  node('summarize', 1.1, 4, {
    fieldsToSummarize: { values: [{ aggregation: 'sum', field: 'total' }] },
    fieldsToSplitBy: 'country',
  }),
  node('limit', 1, 5, { maxItems: 3 }),
];

const flow: WorkflowJson = {
  name: 'items',
  nodes,
  connections: Object.fromEntries(
    nodes
      .slice(0, -1)
      .map(({ name }, at) => [
        name,
        { main: [[{ node: nodes[at + 1]?.name ?? '', type: 'main', index: 0 }]] },
      ]),
  ),
  settings: { executionOrder: 'v1' },
};

const refuse = () => Promise.reject(new Error('The bench calls nothing outside'));
const silent = () => undefined;

const ports: EnginePorts = {
  nodes: createRegistry(nodesBase.nodes),
  journal: { record: silent },
  clock: { now: Date.now, sleep: (ms) => delay(ms) },
  random: { next: Math.random, uuid: randomUUID },
  http: { request: refuse },
  binary: { put: refuse, get: refuse, stream: refuse },
  code: { run: refuse },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  credential: refuse,
  signedRequest: refuse,
  runWorkflow: refuse,
  respond: refuse,
  staticData: () => ({}),
};
