import { dirname, join, relative, resolve } from 'node:path';
import { defineCommand } from 'citty';
import { parseWorkflow, type WorkflowJson } from '@millrace/workflow/graph';
import type { Batch } from '@millrace/workflow/items';
import { ArgError } from '../arg.error.ts';
import type { InMemoryHost } from '../in-memory/execute-workflow.ts';
import { openHost } from '../in-memory/host.ts';
import { readJson } from '../read-json.ts';
import { describeResult } from '../workflow-test/describe-result.ts';
import { findFixtures } from '../workflow-test/find-fixtures.ts';
import {
  FIXTURE_SUFFIX,
  readFixture,
  writeFixture,
  type Fixture,
} from '../workflow-test/fixture.ts';
import { recordRun } from '../workflow-test/record-run.ts';
import { replayRun } from '../workflow-test/replay-run.ts';

export default defineCommand({
  meta: {
    name: 'test',
    description: 'Replay recorded runs without reaching outside, and show what differs',
  },
  args: {
    record: { type: 'boolean', description: 'Run for real and record, or record FILES again' },
    file: { type: 'string', description: 'With --record: the workflow file to run' },
    id: { type: 'string', description: 'With --record: a workflow of this instance' },
    input: { type: 'string', description: 'With --record: items the start node puts out' },
    out: { type: 'string', description: `With --record: where to write (…${FIXTURE_SUFFIX})` },
    json: { type: 'boolean', description: 'Print one JSON result a line' },
  },
  async run({ args }) {
    const host = await openHost(process.env);
    try {
      if (args.record && (args.file !== undefined || args.id !== undefined))
        await recordNew(args, host);
      else if (args.record) await recordAgain(await findFixtures(args._), host);
      else await replayAll(await findFixtures(args._), host, args.json === true);
    } finally {
      await host.close();
    }
  },
});

interface RecordArgs {
  readonly file?: string | undefined;
  readonly id?: string | undefined;
  readonly input?: string | undefined;
  readonly out?: string | undefined;
}

async function recordNew({ file, id, input, out }: RecordArgs, host: InMemoryHost): Promise<void> {
  const target = out ?? `${(file ?? id ?? '').replace(/\.json$/, '')}${FIXTURE_SUFFIX}`;
  const source: Fixture['workflow'] =
    file === undefined
      ? { id: id ?? '' }
      : { file: relative(dirname(resolve(target)), resolve(file)) };
  const items = input === undefined ? undefined : toItems(await readJson('--input', input));
  const workflow = await readWorkflow(source, target);
  const fixture = await recordRun(
    { workflow, source, now: Date.now(), ...(items && { input: items }) },
    host,
  );
  await writeFixture(target, fixture);
  console.log(`${target}: ${fixture.order.length} runs, ${fixture.status}`);
}

/** With the recorded input and at the recorded time, so that only what is outside can differ. */
async function recordAgain(files: readonly string[], host: InMemoryHost): Promise<void> {
  for (const file of files) {
    const { workflow: source, now, order, runs } = await readFixture(file);
    const workflow = await readWorkflow(source, file);
    const input = runs[order[0] ?? '']?.[0]?.outputs[0];
    const fixture = await recordRun({ workflow, source, now, ...(input && { input }) }, host);
    await writeFixture(file, fixture);
    console.log(`${file}: ${fixture.order.length} runs, ${fixture.status}`);
  }
}

async function replayAll(
  files: readonly string[],
  host: InMemoryHost,
  asJson: boolean,
): Promise<void> {
  let failed = 0;
  for (const file of files) {
    const fixture = await readFixture(file);
    const result = await replayRun(fixture, await readWorkflow(fixture.workflow, file), host);
    if (!result.passed) failed++;
    console.log(asJson ? JSON.stringify({ file, ...result }) : describeResult(file, result));
  }
  if (files.length === 0) console.error(`No recorded runs (*${FIXTURE_SUFFIX}) here`);
  if (!asJson) console.log(`${files.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** The workflow under test, as it is now. */
async function readWorkflow(source: Fixture['workflow'], fixture: string): Promise<WorkflowJson> {
  if ('file' in source)
    return parseWorkflow(await readJson('FILES', join(dirname(fixture), source.file))).workflow;
  const { withInstance } = await import('../instance.ts');
  return withInstance(({ services, caller }) => services.workflows.get(caller, source.id));
}

function toItems(json: unknown): Batch {
  if (!Array.isArray(json)) throw new ArgError('--input', typeof json, 'Give a JSON list of items');
  return json.map((each) => (isItem(each) ? each : { json: each }));
}

const isItem = (value: unknown): value is Batch[number] =>
  typeof value === 'object' && value !== null && 'json' in value;
