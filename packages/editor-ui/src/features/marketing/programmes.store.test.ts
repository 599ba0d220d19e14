// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent } from 'vue';
import { createEditorI18n } from '../../lib/i18n.ts';
import { useProgrammesStore } from './programmes.store.ts';

afterEach(() => vi.unstubAllGlobals());

/** A server with one programme whose job and state the test sets. */
function setUp() {
  const server = { job: 'none', status: 'ok', calls: [] as string[] };
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit = {}) => {
    const path = url.replace('/api/v1', '').replace(/\?.*/, '');
    server.calls.push(`${method} ${path}`);
    if (path === '/jobs') return Response.json({ data: server.job === 'none' ? [] : [job()] });
    if (path.endsWith('/health'))
      return Response.json({ status: 'ok', programmes: [health()], handoffsOverdue: 0 });
    return Response.json({ jobId: 'j1' });
  });
  const job = () => ({ id: 'j1', status: server.job });
  const health = () => ({
    programme: 'seo',
    status: server.status,
    phase: 'completed',
    progress: 1,
    lastSuccessAt: null,
    isEnabled: true,
    priority: 0,
    problems: [],
  });
  const found: { store?: ReturnType<typeof useProgrammesStore> } = {};
  const Host = defineComponent({
    setup() {
      found.store = useProgrammesStore();
      return () => null;
    },
  });
  const i18n = createEditorI18n({ en: {}, de: {} }, 'en');
  mount(Host, { global: { plugins: [createPinia(), i18n] } });
  if (!found.store) throw new Error('The host was not set up');
  return { store: found.store, server };
}

test('a programme that was asked to run counts as running until its job has ended', async () => {
  const { store, server } = setUp();
  server.job = 'queued';
  await store.run('seo');
  expect(store.isRunning('seo')).toBe(true);
  server.job = 'success';
  await store.load();
  expect(store.isAnyRunning).toBe(false);
});

test('stopping one cancels its job and no other', async () => {
  const { store, server } = setUp();
  server.job = 'running';
  await store.stop('seo');
  expect(server.calls).toContain('POST /jobs/j1/cancel');
  expect(store.isRunning('seo')).toBe(false);
});

test('a programme that others started is seen running', async () => {
  const { store, server } = setUp();
  server.status = 'running';
  await store.load();
  expect([store.isRunning('seo'), store.isRunning('links')]).toEqual([true, false]);
});
