// @vitest-environment happy-dom
import type { Execution } from '@millrace/api';
import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent } from 'vue';
import de from '../../app/messages/de.json';
import en from '../../app/messages/en.json';
import { createEditorI18n } from '../../lib/i18n.ts';
import { useExecutionsStore } from './executions.store.ts';

afterEach(() => vi.unstubAllGlobals());

test('a new execution comes on top, and a finished one changes in place', async () => {
  const { store, server } = await setUp();
  server.set('e2', { ...old, id: 'e2', status: 'running' });
  await store.apply({
    type: 'execution-started',
    executionId: 'e2',
    workflowId: 'w1',
    mode: 'webhook',
    startedAt: 1,
  });
  expect(shown(store)).toEqual(['e2 running', 'e1 success']);

  server.set('e2', { ...old, id: 'e2', status: 'error' });
  await store.apply(finished('e2'));
  expect(shown(store)).toEqual(['e2 error', 'e1 success']);
});

test('what no longer fits the filter goes, what never did stays out', async () => {
  const { store, server } = await setUp();
  await store.load({ status: 'success' });
  server.set('e1', { ...old, status: 'error' });
  server.set('e2', { ...old, id: 'e2', status: 'error' });
  await store.apply(finished('e1'));
  await store.apply(finished('e2'));
  expect(shown(store)).toEqual([]);
});

test('a slow answer to an older filter is dropped', async () => {
  const { store, hold } = await setUp();
  const release = hold();
  const slow = store.load({ workflowId: 'other' });
  await store.load({ workflowId: 'w1' });
  release(Response.json({ data: [{ ...old, id: 'stale' }], nextCursor: null }));
  await slow;
  expect(shown(store)).toEqual(['e1 success']);
  expect(store.isLoading).toBe(false);
});

const old: Execution = {
  id: 'e1',
  workflowId: 'w1',
  workflowName: 'Orders',
  versionId: null,
  mode: 'webhook',
  status: 'success',
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  waitUntil: null,
  lastNode: null,
  error: null,
};

const finished = (executionId: string) =>
  ({
    type: 'execution-finished',
    executionId,
    workflowId: 'w1',
    status: 'success',
    finishedAt: 2,
  }) as const;

type Store = ReturnType<typeof useExecutionsStore>;
const shown = ({ rows }: Store) => rows.map(({ id, status }) => `${id} ${status}`);

/** A server that holds `e1`; `hold` makes its next answer wait. */
async function setUp() {
  const server = new Map<string, Execution>([['e1', old]]);
  const held: Promise<Response>[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const waiting = held.shift();
    if (waiting) return waiting;
    const id = /executions\/(\w+)/.exec(url)?.[1];
    return Response.json(id ? server.get(id) : { data: [...server.values()], nextCursor: null });
  });
  function hold() {
    const { promise, resolve } = Promise.withResolvers<Response>();
    held.push(promise);
    return resolve;
  }
  const Host = defineComponent({
    setup: () => ({ store: useExecutionsStore() }),
    render: () => null,
  });
  const plugins = [createPinia(), createEditorI18n({ en, de }, 'en')];
  const { store } = mount(Host, { global: { plugins } }).vm;
  await store.load();
  return { store, server, hold };
}
