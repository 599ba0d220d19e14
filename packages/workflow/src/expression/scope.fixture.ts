import type { Batch } from '../items/index.ts';
import type { EvaluationScope } from './scope.ts';

/** A scope for tests: these items arrive at node `Now` from a finished trigger `Start`, in Berlin. */
export function scopeOf(input: Batch, changes: Partial<EvaluationScope> = {}): EvaluationScope {
  const nodes = ['Start', 'Now'].map((name) => nodeNamed(name));
  return {
    node: nodeNamed('Now'),
    runIndex: 0,
    input,
    sources: [{ previousNode: 'Start' }],
    workflow: {
      id: 'w1',
      name: 'Flow',
      active: true,
      nodes: new Map(nodes.map((node) => [node.name, node])),
      connections: wires('Start > Now'),
    },
    runs: new Map([['Start', [runOf('Start', [input])]]]),
    mode: 'manual',
    executionId: 'e1',
    resumeUrl: 'http://localhost/webhook-waiting/e1',
    timezone: 'Europe/Berlin',
    now: () => Date.UTC(2024, 2, 10, 12),
    vars: { plan: 'pro' },
    parameters: () => ({ text: 'own' }),
    nodeState: () => ({}),
    ...changes,
  };
}

export const nodeNamed = (name: string) => ({
  id: name.toLowerCase(),
  name,
  type: 'test',
  typeVersion: 1,
  position: [0, 0] as const,
  parameters: {},
});

/** `a > b, b > c` as connections. */
export function wires(text: string): EvaluationScope['workflow']['connections'] {
  const pairs = text.split(', ').map((pair) => pair.split(' > '));
  const connections: Record<string, { main: { node: string; type: string; index: number }[][] }> =
    {};
  for (const [from = '', to = ''] of pairs) {
    connections[from] ??= { main: [[]] };
    connections[from].main[0]?.push({ node: to, type: 'main', index: 0 });
  }
  return connections;
}

export const runOf = (node: string, outputs: readonly Batch[], previousNode?: string) => ({
  seq: 0,
  node,
  runIndex: 0,
  attempt: 1,
  status: 'success' as const,
  startedAt: 0,
  durationMs: 1,
  sources: previousNode === undefined ? [] : [{ previousNode }],
  outputs,
});
