import { createRegistry, type NodeType } from '../node-api/index.ts';
import { parseWorkflow, type NodeJson, type WorkflowJson } from '../graph/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { runExecution } from './run-execution.ts';
import type { EnginePorts, ExecutionRequest } from './run-execution.types.ts';

/** A workflow from a drawing: `a > b, a.1 > c.1`. Each node has the type of its name's letters. */
export function flow(
  drawing: string,
  more: {
    readonly order?: string;
    readonly nodes?: Readonly<Record<string, Partial<NodeJson>>>;
    readonly pinData?: WorkflowJson['pinData'];
  } = {},
): WorkflowJson {
  const names: string[] = [];
  const connections: Record<string, { main: { node: string; type: string; index: number }[][] }> =
    {};
  for (const wire of drawing.split(',')) {
    const [[from = '', output = '0'] = [], [to = '', input = '0'] = []] = wire
      .split('>')
      .map((end) => end.trim().split('.'));
    for (const name of [from, to]) if (name && !names.includes(name)) names.push(name);
    if (!to) continue;
    const outputs = (connections[from] ??= { main: [] }).main;
    while (outputs.length <= Number(output)) outputs.push([]);
    outputs[Number(output)]?.push({ node: to, type: 'main', index: Number(input) });
  }
  return parseWorkflow({
    id: 'w1',
    name: 'flow',
    nodes: names.map((name, index) => ({
      id: name,
      name,
      type: `test.${name.replace(/\d+$/, '')}`,
      typeVersion: 1,
      position: [index * 100, 0],
      parameters: {},
      ...more.nodes?.[name],
    })),
    connections,
    settings: { executionOrder: more.order ?? 'v1' },
    ...(more.pinData && { pinData: more.pinData }),
  }).workflow;
}

/** A tiny node type; without `execute` it hands its items on. */
export const nodeType = (
  name: string,
  execute?: NodeType['execute'],
  more: Partial<NodeType['description']> = {},
): NodeType => ({
  description: {
    name: `test.${name}`,
    displayName: name,
    group: ['data'],
    version: 1,
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
    ...more,
  },
  execute: execute ?? ((context) => [context.items()]),
});

/** A trigger that puts out one item per number. */
export const start = (...numbers: number[]): NodeType =>
  nodeType('start', () => [numbers.map((n) => ({ json: { n } }))], {
    group: ['trigger'],
    inputs: [],
  });

export function fakePorts(
  types: readonly NodeType[],
  more: Partial<EnginePorts> = {},
): EnginePorts {
  const refuse = async () => Promise.reject(new Error('not in this test'));
  const data = {};
  return {
    nodes: createRegistry(types),
    journal: { record: () => undefined },
    clock: { now: () => 0, sleep: async () => undefined },
    random: { next: () => 0.5, uuid: () => 'uuid' },
    http: { request: refuse },
    binary: { put: refuse, get: refuse, stream: refuse },
    code: { run: refuse },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    credential: refuse,
    runWorkflow: refuse,
    signedRequest: refuse,
    respond: async () => undefined,
    staticData: () => data,
    ...more,
  };
}

/** Runs a workflow on fake ports. */
export const run = (
  workflow: WorkflowJson,
  types: readonly NodeType[],
  { ports, ...more }: Partial<ExecutionRequest> & { readonly ports?: Partial<EnginePorts> } = {},
) =>
  runExecution({ executionId: 'e1', workflow, mode: 'manual', ...more }, fakePorts(types, ports));

export const order = (runs: readonly RunRecord[]) => runs.map(({ node }) => node).join(' ');
