// @vitest-environment happy-dom
import type { WorkflowSummary } from '@millrace/api';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent } from 'vue';
import de from '../../app/messages/de.json';
import en from '../../app/messages/en.json';
import { createEditorI18n } from '../../lib/i18n.ts';
import { useToastStore } from '../../ui/index.ts';
import { useWorkflowsStore } from './workflows.store.ts';

afterEach(() => vi.unstubAllGlobals());

test('a deleted workflow leaves the list at once and the server when undo is out of reach', async () => {
  const { store, toasts, calls } = await setUp();
  store.remove(orders);
  expect(store.rows.map(({ name }) => name)).toEqual(['Leads']);
  expect(calls).not.toContain('DELETE /api/v1/workflows/w1');
  toasts.dismiss(toasts.toasts[0]?.id ?? 0);
  await flushPromises();
  expect(calls).toContain('DELETE /api/v1/workflows/w1');
  expect(store.rows.map(({ name }) => name)).toEqual(['Leads']);
});

test('undo brings it back and the server never hears of it', async () => {
  const { store, toasts, calls } = await setUp();
  store.remove(orders);
  toasts.act(toasts.toasts[0]?.id ?? 0);
  window.dispatchEvent(new Event('pagehide'));
  await flushPromises();
  expect(store.rows).toHaveLength(2);
  expect(calls).not.toContain('DELETE /api/v1/workflows/w1');
});

test('leaving the page deletes what was still to be undone, once', async () => {
  const { store, calls } = await setUp();
  store.remove(orders);
  window.dispatchEvent(new Event('pagehide'));
  await flushPromises();
  expect(calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
});

test('a delete that fails puts the row back and says why', async () => {
  const { store, toasts } = await setUp({ refuse: 'DELETE' });
  store.remove(orders);
  toasts.dismiss(toasts.toasts[0]?.id ?? 0);
  await flushPromises();
  expect(store.rows).toHaveLength(2);
  expect(toasts.toasts.map(({ title, text }) => [title, text])).toEqual([['Not allowed', 'Ask']]);
});

test('publishing changes the row in place', async () => {
  const { store } = await setUp();
  await store.setPublished('w2', true);
  expect(store.rows.map(({ id, active }) => [id, active])).toEqual([
    ['w1', false],
    ['w2', true],
  ]);
});

const orders: WorkflowSummary = {
  id: 'w1',
  name: 'Orders',
  projectId: 'p1',
  active: false,
  publishedVersionId: null,
  hasUnpublishedChanges: false,
  revision: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  nodeCount: 2,
};
const leads: WorkflowSummary = { ...orders, id: 'w2', name: 'Leads' };

/** A server with two workflows; `refuse` is a method it answers with 403. */
async function setUp({ refuse }: { refuse?: string } = {}) {
  const calls: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    calls.push(`${method} ${url.split('?')[0]}`);
    if (method === refuse) return Response.json(forbidden, { status: 403 });
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (method === 'POST') return Response.json({ ...leads, active: true, nodes: [] });
    return Response.json({ data: [orders, leads], nextCursor: null });
  });
  const pinia = createPinia();
  const Host = defineComponent({
    setup: () => ({ store: useWorkflowsStore(), toasts: useToastStore() }),
    render: () => null,
  });
  const plugins = [pinia, createEditorI18n({ en, de }, 'en')];
  const { store, toasts } = mount(Host, { global: { plugins } }).vm;
  await store.load();
  return { store, toasts, calls };
}

const forbidden = {
  type: 'about:blank',
  title: 'Forbidden',
  status: 403,
  code: 'ACCESS_DENIED',
  detail: 'Not allowed',
  fix: 'Ask',
};
