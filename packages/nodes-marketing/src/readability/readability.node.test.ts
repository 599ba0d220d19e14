import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { expect, test } from 'vitest';
import readabilityNode from './readability.node.ts';

const run = (items: readonly JsonObject[], parameters: JsonObject = {}) =>
  runMarketingNode({
    node: readabilityNode,
    parameters,
    items: items.map((json) => ({ json })),
    context: {},
  });

const EASY = 'The cat sat on the mat. It was a good day. The sun was out. We had tea and cake.';
const PLAIN =
  'Our shop sells coffee from small farms. Every bag tells you who grew it and when it was roasted. You can return what you do not like.';
const HARD =
  'Notwithstanding considerable organisational heterogeneity, comprehensive interdepartmental communication infrastructures necessitate continuous administrative rationalisation.';

const easeOf = async (text: string) => {
  const [row] = await run([{ text }]);
  return Number(Object(row?.['readability']).ease);
};

test('texts of three levels keep their order', async () => {
  const [easy, plain, hard] = [await easeOf(EASY), await easeOf(PLAIN), await easeOf(HARD)];
  expect(easy).toBeGreaterThan(plain);
  expect(plain).toBeGreaterThan(hard);
});

test('the one hard sentence is named, and the item stays as it was', async () => {
  const [row] = await run([{ text: `${EASY} ${HARD}`, id: 7 }], { hardest: 1 });
  expect(row).toMatchObject({ id: 7, readability: { hardest: [{ sentence: HARD }] } });
});

test('a text in the band has full marks, one below it is told to be shortened', async () => {
  const [plain, hard] = await run([{ text: PLAIN }, { text: HARD }], { high: 110 });
  expect(plain).toMatchObject({ readability: { score: 100, isInBand: true } });
  expect(hard).toMatchObject({
    readability: { score: 0, isInBand: false, explain: expect.stringContaining('shorten') },
  });
});

test('tags and signs are no words, and a heading is a sentence of its own', async () => {
  const [html, markdown, plain] = await run([
    { text: `<h2>Tea &amp; cake</h2><p>${EASY}</p><script>var a = 1;</script>` },
    { text: `## Tea\n\n${EASY.replace('cat', '[cat](https://a.example/very/long)')}` },
    { text: EASY },
  ]);
  const of = (row: JsonObject | undefined) => Object(row?.['readability']);
  expect(of(html).sentences).toBe(of(plain).sentences + 1);
  expect(of(markdown).words).toBe(of(plain).words + 1);
});

test.each([[''], ['1', 1], ['— … —'], [undefined]])(
  '%j is not called easy',
  async (text, words = 0) => {
    const [row] = await run([{ text }]);
    const read = Object(row?.['readability']);
    expect(read.words).toBe(words);
    expect(read.explain).toMatch(words === 0 ? /no words/ : /tells little/);
  },
);

test('a huge text is read', async () => {
  const [row] = await run([{ text: `${PLAIN} `.repeat(5000) }]);
  expect(Object(row?.['readability']).sentences).toBe(15_000);
});

test('a band upside down is refused', async () => {
  await expect(run([{ text: EASY }], { low: 90, high: 50 })).rejects.toThrow('not below');
});
