import { randomUUID } from 'node:crypto';
import { runExecution, type EnginePorts } from '@millrace/workflow/engine';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry } from '@millrace/workflow/node-api';
import { nodesBase } from '@millrace/nodes-base';
import { alternate, type Measurement } from '../measurement.ts';

const NODES = 500;
const REPEATS = 20;

/** E1: 500 chained NoOp nodes, one item, journal off; the floor is 500 awaited function calls. */
export async function engineChain(): Promise<Measurement[]> {
  const nothing = async (value: object) => value;
  const measured = await alternate(
    () =>
      microsecondsPer(async () => {
        let value: object = { json: {} };
        for (let at = 0; at < NODES; at++) value = await nothing(value);
      }),
    () =>
      microsecondsPer(async () => {
        const { status } = await runExecution(
          { executionId: 'bench', workflow: chain, mode: 'manual' },
          ports,
        );
        if (status !== 'success') throw new Error(`The chain ended with ${status}`);
      }),
  );
  return [
    {
      id: 'E1',
      what: `${NODES} chained NoOp, per node`,
      ...measured,
      unit: 'µs',
      ratio: measured.subject / measured.floor,
      target: '≤ 20 µs',
    },
  ];
}

async function microsecondsPer(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  for (let repeat = 0; repeat < REPEATS; repeat++) await work();
  return ((performance.now() - startedAt) * 1000) / (REPEATS * NODES);
}

const name = (at: number) => `Node ${at}`;

const chain: WorkflowJson = {
  name: 'chain',
  nodes: Array.from({ length: NODES }, (_, at) => ({
    id: String(at),
    name: name(at),
    type: at === 0 ? 'n8n-nodes-base.manualTrigger' : 'n8n-nodes-base.noOp',
    typeVersion: 1,
    position: [at * 100, 0] as const,
    parameters: {},
  })),
  connections: Object.fromEntries(
    Array.from({ length: NODES - 1 }, (_, at) => [
      name(at),
      { main: [[{ node: name(at + 1), type: 'main', index: 0 }]] },
    ]),
  ),
  settings: { executionOrder: 'v1' },
};

const refuse = () => Promise.reject(new Error('The bench calls nothing outside'));
const silent = () => undefined;

const ports: EnginePorts = {
  nodes: createRegistry(nodesBase.nodes),
  journal: { record: silent },
  clock: { now: Date.now, sleep: async () => undefined },
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
