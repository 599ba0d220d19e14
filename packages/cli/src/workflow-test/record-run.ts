import { randomUUID } from 'node:crypto';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { Batch } from '@millrace/workflow/items';
import type { BinaryPort, RunRecord } from '@millrace/workflow/ports';
import {
  executeInMemory,
  machineClock,
  type InMemoryHost,
  type InMemoryOutcome,
} from '../in-memory/execute-workflow.ts';
import { newFixture, type Fixture, type RecordedRun } from './fixture.ts';

interface Recording {
  readonly workflow: WorkflowJson;
  /** How the fixture names the workflow. */
  readonly source: Fixture['workflow'];
  readonly input?: Batch;
  /** ms since the epoch; stands still during the run, so that a replay sees the same. */
  readonly now: number;
}

/** Runs a workflow for real and keeps what every node put out. */
export async function recordRun(
  { workflow, source, input, now }: Recording,
  host: InMemoryHost,
): Promise<Fixture> {
  const executionId = randomUUID();
  const clock = { ...machineClock, now: () => now };
  const outcome = await executeInMemory(
    { workflow, executionId, clock, ...(input && { input }) },
    host,
  );
  return newFixture({
    workflow: source,
    now,
    executionId,
    ...recordedOutcome(outcome),
    files: await filesOf(outcome.runs, host.binary),
  });
}

/** What of an outcome a test compares. */
export function recordedOutcome({
  status,
  error,
  runs,
}: InMemoryOutcome): Pick<Fixture, 'status' | 'error' | 'order' | 'runs'> {
  const inOrder = runs.toSorted((one, other) => one.seq - other.seq);
  const byNode = new Map<string, RecordedRun[]>();
  for (const run of inOrder) {
    const own = byNode.get(run.node) ?? [];
    own.push(asRecorded(run));
    byNode.set(run.node, own);
  }
  return {
    status,
    error: error?.message ?? null,
    order: inOrder.map(({ node }) => node),
    runs: Object.fromEntries(byNode),
  };
}

/** As it will be read back: JSON, with gaps as `null`. */
const asRecorded = ({ outputs, error }: RunRecord): RecordedRun =>
  JSON.parse(
    JSON.stringify({
      outputs: outputs.map((batch) => batch ?? null),
      ...(error && { error: { message: error.message, name: error.name } }),
    }),
  );

async function filesOf(runs: readonly RunRecord[], binary: BinaryPort): Promise<Fixture['files']> {
  const files = new Map<string, Fixture['files'][string]>();
  const items = runs.flatMap(({ outputs }) => outputs.flatMap((batch) => batch ?? []));
  for (const file of items.flatMap((item) => Object.values(item.binary ?? {}))) {
    if (file.id === undefined || files.has(file.id)) continue;
    const bytes = await binary.get(file);
    files.set(file.id, {
      base64: Buffer.from(bytes).toString('base64'),
      mimeType: file.mimeType,
      ...(file.fileName !== undefined && { fileName: file.fileName }),
    });
  }
  return Object.fromEntries(files);
}
