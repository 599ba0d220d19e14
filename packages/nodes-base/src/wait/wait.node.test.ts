import { expect, test } from 'vitest';
import { fakeWebhook } from '../testing/fake-webhook.ts';
import { itemsOf, runNode } from '../testing/fake-context.ts';
import { waitNode } from './wait.node.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

async function wait(parameters: object) {
  const slept: number[] = [];
  const context = {
    now: () => NOW,
    timezone: 'Europe/Berlin',
    sleep: async (ms: number) => void slept.push(ms),
  };
  const inputs = [itemsOf({ a: 1 })];
  const result = await runNode({
    type: 'wait',
    version: 1.1,
    parameters: { ...parameters },
    inputs,
    context,
  });
  return { slept, result };
}

const passed = [[{ json: { a: 1 }, pairedItem: { item: 0 } }]];

test('sits a short wait out', async () => {
  const { slept, result } = await wait({ amount: 64, unit: 'seconds' });
  expect(slept).toEqual([64_000]);
  expect(result).toEqual(passed);
});

test.each([
  [{ amount: 65, unit: 'seconds' }, NOW + 65_000],
  [{ amount: 2, unit: 'hours' }, NOW + 2 * HOUR_MS],
  [{ resume: 'specificTime', dateTime: '2026-01-01T02:00:00Z' }, NOW + 2 * HOUR_MS],
  [{ resume: 'specificTime', dateTime: '2026-01-01 03:00' }, NOW + 2 * HOUR_MS],
])('puts the execution to sleep for %j', async (parameters, until) => {
  const { slept, result } = await wait(parameters);
  expect(slept).toEqual([]);
  expect(result).toEqual({ kind: 'wait', resume: 'time', until, outputs: passed });
});

test('a time that has passed is no wait', async () => {
  const past = { resume: 'specificTime', dateTime: '2025-01-01T00:00:00Z' };
  expect((await wait(past)).slept).toEqual([0]);
});

test.each(['webhook', 'form'])(
  'waits for a %s until it comes, or until a limit',
  async (resume) => {
    expect((await wait({ resume })).result).toEqual({ kind: 'wait', resume, outputs: passed });
    const limit = { resume, limitWaitTime: true, resumeAmount: 1, resumeUnit: 'days' };
    expect((await wait(limit)).result).toMatchObject({ until: NOW + 24 * HOUR_MS });
  },
);

test.each([
  [{ amount: -1, unit: 'hours' }, /Invalid wait amount: -1 hours/],
  [{ resume: 'specificTime', dateTime: 'soon' }, /"soon" is no date and time/],
])('refuses %j', async (parameters, message) => {
  await expect(wait(parameters)).rejects.toThrow(message);
});

test('a call becomes its output, unless the user’s condition says no', async () => {
  const request = { method: 'POST', body: { yes: true } };
  const taken = await waitNode.webhook?.(fakeWebhook({ request }));
  expect(taken?.outputs?.[0]?.[0]?.json).toMatchObject({ body: { yes: true } });
  const parameters = { options: { onlyRunIf: '={{ false }}' } };
  const refused = await waitNode.webhook?.(
    fakeWebhook({ request, parameters, evaluate: () => false }),
  );
  expect(refused?.outputs).toBeUndefined();
  expect(refused?.response?.status).toBe(200);
});
