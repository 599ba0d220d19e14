import type { WorkflowJson } from '@millrace/workflow/graph';
import { executeInMemory, type InMemoryHost } from '../in-memory/execute-workflow.ts';
import { compareRuns, type NodeDifference } from './compare-runs.ts';
import type { Fixture } from './fixture.ts';
import { recordedOutcome } from './record-run.ts';
import { replayedNodes } from './replayed-nodes.ts';

/** What a replay shows. */
export interface TestResult {
  readonly passed: boolean;
  readonly nodes: readonly NodeDifference[];
  /** How it ended, where that is not as recorded. */
  readonly ending?: { readonly expected: string; readonly received: string };
  /** The order of the runs, where it is not as recorded. */
  readonly order?: { readonly expected: readonly string[]; readonly received: readonly string[] };
}

/**
 * Runs the workflow again on the recorded input, at the recorded time, without reaching outside, and
 * compares what each node puts out.
 */
export async function replayRun(
  fixture: Fixture,
  workflow: WorkflowJson,
  host: InMemoryHost,
): Promise<TestResult> {
  for (const { base64, ...about } of Object.values(fixture.files))
    await host.binary.put(Buffer.from(base64, 'base64'), about);
  const [startNode] = fixture.order;
  const input = startNode === undefined ? undefined : fixture.runs[startNode]?.[0]?.outputs[0];
  const outcome = await executeInMemory(
    {
      workflow,
      executionId: fixture.executionId,
      clock: { now: () => fixture.now, sleep: async () => undefined },
      ...(startNode !== undefined && { startNode }),
      ...(input && { input }),
    },
    { ...host, nodes: replayedNodes(host.nodes, fixture) },
  );
  return compare(fixture, recordedOutcome(outcome), startNode);
}

function compare(
  fixture: Fixture,
  received: ReturnType<typeof recordedOutcome>,
  startNode: string | undefined,
): TestResult {
  const nodes = compareRuns(fixture.runs, received.runs, startNode);
  const before = endingOf(fixture);
  const now = endingOf(received);
  const isSameOrder = fixture.order.join('\0') === received.order.join('\0');
  return {
    passed: nodes.length === 0 && before === now && isSameOrder,
    nodes,
    ...(before !== now && { ending: { expected: before, received: now } }),
    ...(!isSameOrder && { order: { expected: fixture.order, received: received.order } }),
  };
}

const endingOf = ({ status, error }: Pick<Fixture, 'status' | 'error'>) =>
  error === null ? status : `${status}: ${error}`;
