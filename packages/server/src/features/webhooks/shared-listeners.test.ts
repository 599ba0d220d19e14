import { nodesBase } from '@millrace/nodes-base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Question, Reply } from '../../runtime/index.ts';
import { drawChain } from '../../testing/draw-chain.ts';
import { openTestApp, type TestApp } from '../../testing/open-test-app.ts';
import { replyForListeners, shareListeners } from './shared-listeners.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ packages: [nodesBase] });
});
afterAll(() => app.end());

const NOW = 10_000;
const clock = { now: () => NOW, sync: async () => undefined };

/** A draft that listens here, and what this process replies to the others. */
function openOwner() {
  const { testListeners, runtime } = app.services;
  const replying: { reply?: (question: Question) => Reply } = {};
  const mains = {
    ask: async () => ({ replies: [], isComplete: true }),
    reply: (reply: (question: Question) => Reply) => void (replying.reply = reply),
  };
  replyForListeners({ mains, leases: { ...runtime.leases, clock } }, testListeners);
  const json = drawChain('Draft', ['Webhook', 'webhook', { path: 'here' }]);
  const { executionId } = testListeners.listen({ workflow: runtime.workflows.snapshot('w', json) });
  const endBy = (until: number) =>
    replying.reply?.({ type: 'end-draft', executionId, reason: 'called', until });
  return { executionId, endBy };
}

test('an end that came too late, and a second one, end nothing', () => {
  const { executionId, endBy } = openOwner();
  expect(endBy(NOW - 1)).toEqual({ isEnded: false });
  expect(app.services.testListeners.get(executionId)).toBeDefined();
  expect(endBy(NOW)).toEqual({ isEnded: true });
  expect(endBy(NOW)).toEqual({ isEnded: false });
});

test('who asked for an end and hears "no" too late is not told that another was first', async () => {
  const { testListeners, runtime } = app.services;
  const times = [NOW, NOW + 1500];
  const slow = { now: () => times.shift() ?? 0, sync: async () => undefined };
  const mains = {
    ask: async () => ({ replies: [{ isEnded: false }], isComplete: true }),
    reply: () => undefined,
  };
  const leases = { ...runtime.leases, clock: slow };
  const listeners = shareListeners({ ...runtime, mains, leases }, testListeners);
  await expect(listeners.end('elsewhere', 'called')).rejects.toMatchObject({
    code: 'QUEUE_UNAVAILABLE',
  });
});

test('a process alone asks nobody', async () => {
  const listeners = shareListeners(app.services.runtime, app.services.testListeners);
  expect(app.services.runtime.mains).toBeUndefined();
  expect(await listeners.find({ kind: 'webhook', method: 'GET', path: 'none' })).toBeUndefined();
  expect(await listeners.get('none')).toBeUndefined();
  expect(await listeners.end('none', 'canceled')).toBe(false);
});
