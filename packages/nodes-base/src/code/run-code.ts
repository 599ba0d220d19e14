import type { Item } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { CodeRequest, CodeResult } from '@millrace/workflow/ports';
import { createFileLedger } from './file-ledger.ts';
import { createHostCalls } from './host-calls.ts';
import { itemsFromAll, itemFromOne } from './result-items.ts';
import { codeScope } from './scope.ts';

export interface CodeJob {
  readonly source: string;
  readonly language: CodeRequest['language'];
  /** `json`: an item's body returns the JSON alone. */
  readonly returns?: 'item' | 'json';
}

const TIMEOUT_MS = 300_000;
const USES_STATIC_DATA = /StaticData/;

/** Runs the body once and makes items of what it returned. */
export async function runForAllItems(
  context: ExecuteContext,
  job: CodeJob,
): Promise<readonly Item[]> {
  const files = createFileLedger(context);
  try {
    const { value } = await runCode(context, job, files, { mode: 'allItems' });
    const items = itemsFromAll(value);
    return await Promise.all(items.map((item, index) => files.resolve(item, index)));
  } catch (error) {
    if (!context.continueOnFail || context.signal.aborted) throw error;
    return [errorItem(error, 0)];
  }
}

/** Runs the body for each item, all in one call to the sandbox. */
export async function runForEachItem(
  context: ExecuteContext,
  job: CodeJob,
): Promise<readonly Item[]> {
  const files = createFileLedger(context);
  const onItemError = context.continueOnFail ? 'record' : 'stop';
  const { value } = await runCode(context, job, files, { mode: 'eachItem', onItemError });
  const outcomes = Array.isArray(value) ? value : [];
  const items: Item[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    try {
      if (outcome.error) throw new Error(messageOf(outcome.error));
      const returned =
        job.returns === 'json' && outcome.value ? { json: outcome.value } : outcome.value;
      const item = itemFromOne(returned, index);
      if (item) items.push(await files.resolve(item, index));
    } catch (error) {
      if (!context.continueOnFail) throw error;
      items.push(errorItem(error, index));
    }
  }
  return items;
}

async function runCode(
  context: ExecuteContext,
  { source, language }: CodeJob,
  files: ReturnType<typeof createFileLedger>,
  how: Pick<CodeRequest, 'mode' | 'onItemError'>,
): Promise<CodeResult> {
  const usesStaticData = USES_STATIC_DATA.test(source);
  const result = await context.code.run({
    ...how,
    source,
    language,
    items: context.items(),
    scope: codeScope(context, source),
    timezone: context.timezone,
    timeoutMs: TIMEOUT_MS,
    signal: context.signal,
    hostCall: createHostCalls(context, files),
    ...(usesStaticData && {
      staticData: { global: context.staticData('global'), node: context.staticData('node') },
    }),
  });
  for (const { level, text } of result.logs) context.logger.info(text, { level });
  if (result.staticData) {
    replaceContents(context.staticData('global'), result.staticData.global);
    replaceContents(context.staticData('node'), result.staticData.node);
  }
  return result;
}

/** Static data is a live object: what the code left in its copy becomes what is in there. */
function replaceContents(
  target: Record<string, unknown>,
  source: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(target)) if (!Object.hasOwn(source, key)) delete target[key];
  for (const [key, value] of Object.entries(source)) target[key] = value;
}

function errorItem(error: unknown, item: number): Item {
  const message = error instanceof Error ? error.message : String(error);
  return { json: { error: message }, pairedItem: { item } };
}

function messageOf({ message, line }: { message?: unknown; line?: unknown }): string {
  return typeof line === 'number' ? `${String(message)} [line ${line}]` : String(message);
}
