import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { defineCommand } from 'citty';
import { parseWorkflow, type WorkflowJson } from '@millrace/workflow/graph';
import type { Batch } from '@millrace/workflow/items';
import { ArgError } from '../arg.error.ts';
import { executeInMemory, type InMemoryHost } from '../in-memory/execute-workflow.ts';
import { openHost } from '../in-memory/host.ts';
import { readBatchLine } from '../in-memory/batch-line.ts';
import { toReport, type ExecutionReport } from '../in-memory/report.ts';
import { readJson } from '../read-json.ts';

export default defineCommand({
  meta: {
    name: 'execute',
    description: 'Run one workflow, or a batch of cases, and print the result',
  },
  args: {
    file: { type: 'string', description: 'Workflow JSON; {"workflows":[…]} runs the first' },
    batch: {
      type: 'string',
      description: 'JSON lines {id, workflow, …}: a file, or - for standard input',
    },
    id: { type: 'string', description: 'Id of a workflow on this instance' },
    input: {
      type: 'string',
      description: 'Items the start node puts out: a JSON list, or a file to carry',
    },
    to: { type: 'string', description: 'Run only what this node needs, up to and including it' },
    env: { type: 'string', description: '"none": the workflow sees no variables' },
    json: { type: 'boolean', description: 'Print JSON (always so)' },
  },
  async run({ args }) {
    const host = await openHost(process.env);
    try {
      if (args.batch !== undefined) {
        await runBatch(args.batch, host);
        return;
      }
      const report = await runFile(args, host);
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      process.exitCode = report.status === 'success' || report.status === 'waiting' ? 0 : 1;
    } finally {
      await host.close();
    }
  },
});

interface FileArgs {
  readonly file?: string | undefined;
  readonly id?: string | undefined;
  readonly input?: string | undefined;
  readonly to?: string | undefined;
}

async function runFile(
  { file, id, input, to }: FileArgs,
  host: InMemoryHost,
): Promise<ExecutionReport> {
  if (file === undefined && id === undefined) {
    throw new ArgError(
      '--file',
      undefined,
      'Name a workflow file with --file, or a workflow with --id',
    );
  }
  const workflows = file === undefined ? [await readStored(id ?? '')] : await readWorkflows(file);
  const [workflow, ...others] = workflows;
  if (!workflow) throw new ArgError('--file', file, 'Put at least one workflow into it');

  const items = input === undefined ? undefined : await readItems(input, host);
  const outcome = await executeInMemory(
    {
      workflow,
      others,
      arePublished: true,
      ...(items && { input: items }),
      ...(to && { destination: to }),
    },
    host,
  );
  return toReport(outcome);
}

async function readWorkflows(file: string): Promise<WorkflowJson[]> {
  const json = await readJson('--file', file);
  const several =
    typeof json === 'object' &&
    json !== null &&
    'workflows' in json &&
    Array.isArray(json.workflows)
      ? json.workflows
      : [json];
  return several.map((each) => parseWorkflow(each).workflow);
}

async function readStored(id: string): Promise<WorkflowJson> {
  const { withInstance } = await import('../instance.ts');
  return withInstance(({ services, caller }) => services.workflows.get(caller, id));
}

/** JSON is a list of items; any other file becomes one item that carries it as `data`. */
async function readItems(path: string, { binary }: InMemoryHost): Promise<Batch> {
  if (path.endsWith('.json')) return toItems(await readJson('--input', path));
  const bytes = await readFile(path).catch(() => {
    throw new ArgError('--input', path, 'Name a file that exists and can be read');
  });
  return [{ json: {}, binary: { data: await binary.put(bytes, { fileName: basename(path) }) } }];
}

function toItems(json: unknown): Batch {
  if (!Array.isArray(json)) throw new ArgError('--input', typeof json, 'Give a JSON list of items');
  return json.map((each) => (isItem(each) ? each : { json: each }));
}

const isItem = (value: unknown): value is Batch[number] =>
  typeof value === 'object' && value !== null && 'json' in value;

/** One case a line in, one result a line out, in order; a failing case never stops the rest. */
async function runBatch(path: string, host: InMemoryHost): Promise<void> {
  for await (const line of createInterface({
    input: path === '-' ? process.stdin : createReadStream(path),
    crlfDelay: Infinity,
  })) {
    if (!line.trim()) continue;
    process.stdout.write(`${JSON.stringify(await runLine(line, host))}\n`);
  }
}

async function runLine(line: string, host: InMemoryHost): Promise<object> {
  let id: unknown;
  try {
    const parsed = readBatchLine(line);
    id = parsed.id;
    const outcome = await executeInMemory(parsed.request, host);
    return { id, ...toReport(outcome) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, status: 'error', error: { message }, order: [], runData: {}, response: null };
  }
}
