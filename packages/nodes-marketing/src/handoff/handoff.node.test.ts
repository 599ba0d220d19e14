import { createMemoryStorage } from '@millrace/server/packages';
import type { JsonObject, Outputs } from '@millrace/workflow/items';
import type { ExecuteContext, Pause } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { handoffs } from '../tables/handoffs.ts';
import handoffNode from './handoff.node.ts';
import { claimHandoff, closeHandoff } from './handoffs.ts';
import { wakeExecution } from './wake-execution.ts';

const START = Date.UTC(2026, 10, 21);
const MINUTE_MS = 60_000;
let now = START;
let storage: ReturnType<typeof createMemoryStorage>;

beforeEach(() => {
  now = START;
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

function run(parameters: JsonObject, rows: readonly JsonObject[] = [{ email: 'ann@example.com' }]) {
  const fake: Partial<ExecuteContext> = {
    node: { id: '1', name: 'Handoff', type: 't', typeVersion: 1, position: [0, 0], parameters },
    tables: storage.tables,
    executionId: 'e1',
    idempotencyKey: 'e1:Handoff:0',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
    now: () => now,
    items: () => rows.map((json) => ({ json })),
    // The caller names the type, as with the engine's own `param`.
    param: <T>(path: string, _: number, options: { fallback?: unknown } = {}) =>
      (parameters[path] ?? options.fallback) as T,
  };
  // The node uses no more of the context than this; a missing member fails loudly.
  return handoffNode.execute?.(fake as ExecuteContext);
}
const request = { contact: 'ann@example.com', context: { messages: ['help me'] } };
const stored = () => storage.tables.open(handoffs).find();

test('waits until the talk is taken, or the time is over', async () => {
  const until = now + 15 * MINUTE_MS;
  const result = await run(request);
  expect(result).toMatchObject({ kind: 'wait', resume: 'webhook', until });
  expect(result).toMatchObject({ outputs: [[], [{ json: { state: 'queued', agent: null } }]] });
  expect(await stored()).toMatchObject([
    { answerBy: until, waitsFor: 'claimed', context: { summary: 'contact: help me' } },
  ]);
});

test('made again after a crash, it asks once', async () => {
  await run(request);
  await run(request);
  expect(await stored()).toHaveLength(1);
});

test('does not wait when told so, and asks for each item', async () => {
  const result = await run({ ...request, waitFor: 'nothing', answerMinutes: 0 }, [{}, {}]);
  expect(result).toMatchObject([[{ json: { answerBy: null } }, { pairedItem: { item: 1 } }], []]);
  expect(await stored()).toHaveLength(2);
});

test('refuses to wait for two, and to hand over nobody', async () => {
  await expect(run(request, [{}, {}])).rejects.toThrow(/2 handoffs cannot be waited for at once/);
  await expect(run({ ...request, contact: '' })).rejects.toThrow();
  expect(await stored()).toEqual([]);
});

test('tells bots to be silent while a person has the talk', async () => {
  const check = { operation: 'check', contact: 'ann@example.com' };
  expect(await run(check, [{ a: 1 }])).toMatchObject([[{ json: { a: 1 } }], []]);
  await run(request);
  const [row] = await stored();
  const seen = { id: row?.id ?? '', version: 1 };
  await claimHandoff(storage.tables, seen, { agentId: 'bob', now });
  expect(await run(check, [{ a: 1 }])).toMatchObject([[], [{ json: { a: 1 } }]]);
});

test('who takes the talk wakes the execution with everything known', async () => {
  await run({ ...request, waitFor: 'closed' });
  const [row] = await stored();
  const woken: { pause: Pause; outputs: Outputs }[] = [];
  const workflows = {
    async resume(pause: Pause, outputs: Outputs) {
      woken.push({ pause, outputs });
      return true;
    },
  };
  const seen = { id: row?.id ?? '', version: 1 };
  now += 30_000;
  const claimed = await claimHandoff(storage.tables, seen, { agentId: 'bob', now });
  expect(await wakeExecution(workflows, claimed)).toBe(false);
  const closed = await closeHandoff(
    storage.tables,
    { ...seen, version: 2 },
    { by: 'bob', outcome: 'refund', now },
  );
  expect(await wakeExecution(workflows, closed)).toBe(true);
  expect(woken).toMatchObject([
    {
      pause: { executionId: 'e1', node: 'Handoff', until: START + 15 * MINUTE_MS },
      outputs: [[{ json: { agent: 'bob', outcome: 'refund', secondsToAnswer: 30 } }], []],
    },
  ]);
});
