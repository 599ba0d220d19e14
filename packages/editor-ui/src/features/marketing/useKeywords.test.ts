// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent } from 'vue';
import { createEditorI18n } from '../../lib/i18n.ts';
import { useKeywords } from './useKeywords.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const keyword = (id: number) => ({
  id: String(id),
  text: `keyword ${id}`,
  volume: null,
  difficulty: null,
  cpc: null,
  position: null,
  targetPosition: null,
  expectedValue: null,
  probability: null,
  score: 1,
  isQuickWin: false,
  status: 'new',
});

/** A server with so many keywords, and what it was asked. */
function setUp(total: number) {
  vi.useFakeTimers();
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url.replace('/api/v1/marketing/workflows/seo/', ''));
    const { searchParams } = new URL(url, 'http://localhost');
    const offset = Number(searchParams.get('offset'));
    const count = Math.min(Number(searchParams.get('limit')), total - offset);
    const data = Array.from({ length: count }, (_, index) => keyword(offset + index));
    return Response.json({ data, total });
  });
  const found: { keywords?: ReturnType<typeof useKeywords> } = {};
  const Host = defineComponent({
    setup() {
      found.keywords = useKeywords();
      return () => null;
    },
  });
  mount(Host, { global: { plugins: [createEditorI18n({ en: {}, de: {} }, 'en')] } });
  if (!found.keywords) throw new Error('The host was not set up');
  return { keywords: found.keywords, asked };
}

test('the next page is added to the first, and none is asked for behind the last', async () => {
  const { keywords, asked } = setUp(250);
  await vi.runAllTimersAsync();
  expect(keywords.rows.value).toHaveLength(200);
  await keywords.loadMore();
  expect(keywords.rows.value.map(({ id }) => id)).toEqual(
    Array.from({ length: 250 }, (_, index) => String(index)),
  );
  await keywords.loadMore();
  expect(asked).toHaveLength(2);
});

test('a column is sorted from its best end, and the same column again turns round', async () => {
  const { keywords, asked } = setUp(1);
  for (const column of ['position', 'position', 'volume'] as const) {
    keywords.sortBy(column);
    await vi.runAllTimersAsync();
  }
  expect(asked.map((url) => /sort=\w+&direction=\w+/.exec(url)?.[0])).toEqual([
    'sort=score&direction=desc',
    'sort=position&direction=asc',
    'sort=position&direction=desc',
    'sort=volume&direction=desc',
  ]);
});

test('while somebody types only the last words are asked for', async () => {
  const { keywords, asked } = setUp(1);
  for (const search of ['t', 'te', 'tea']) keywords.view.value = { ...keywords.view.value, search };
  await vi.runAllTimersAsync();
  expect(asked.filter((url) => url.includes('search='))).toEqual([
    expect.stringContaining('search=tea'),
  ]);
});

test('an answer of another shape is a problem with what to do, not a broken table', async () => {
  const { keywords } = setUp(1);
  await vi.runAllTimersAsync();
  vi.stubGlobal('fetch', async () => Response.json({ data: [{ id: 7 }], total: 1 }));
  await keywords.load();
  expect(keywords.problem.value).toMatchObject({
    code: 'RESPONSE_UNREADABLE',
    text: expect.stringContaining('seo/opportunities'),
    fix: expect.stringContaining('same version'),
  });
  expect(keywords.rows.value).toHaveLength(1);
});
