import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const XML = '<Order id="7"><Item n="1"> A  B </Item><empty/></Order>';

const read = async (options: Record<string, unknown>, data?: unknown) =>
  jsonOf(await runNode({ type: 'xml', parameters: { options }, inputs: [itemsOf({ data })] }))[0];
const write = async (json: Record<string, unknown>, options = {}) =>
  jsonOf(
    await runNode({
      type: 'xml',
      parameters: { mode: 'jsonToxml', options },
      inputs: [itemsOf(json)],
    }),
  )[0]?.data;

test.each([
  [{}, { Order: { id: '7', Item: { _: ' A  B ', n: '1' }, empty: '' } }],
  [
    { mergeAttrs: false },
    { Order: { $: { id: '7' }, Item: { _: ' A  B ', $: { n: '1' } }, empty: '' } },
  ],
  [
    { explicitRoot: false, ignoreAttrs: true, trim: true },
    { Item: 'A  B', empty: '' },
  ],
  [
    { explicitArray: true, ignoreAttrs: true, normalize: true, trim: true },
    { Order: { Item: ['A B'], empty: [''] } },
  ],
  [
    { normalizeTags: true, ignoreAttrs: true, explicitRoot: false },
    { item: ' A  B ', empty: '' },
  ],
  [
    { charkey: '#', attrkey: '@', mergeAttrs: false, explicitRoot: false },
    { '@': { id: '7' }, Item: { '#': ' A  B ', '@': { n: '1' } }, empty: '' },
  ],
])('reads with %j', async (options, expected) => {
  expect(await read(options, XML)).toEqual(expected);
});

test.each([
  ['<a><b></a>', 'Unexpected close tag'],
  ['plain', 'Non-whitespace before first tag'],
  [undefined, 'Item has no JSON property called "data"'],
])('%s cannot be read', async (data, message) => {
  await expect(read({}, data)).rejects.toThrow(message);
});

test('entities of a document type are not expanded', async () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>';
  await expect(read({}, bomb)).rejects.toThrow('Invalid character entity');
});

test.each([
  [{ a: 1, b: [1, 2] }, { headless: true }, '<root>\n  <a>1</a>\n  <b>1</b>\n  <b>2</b>\n</root>'],
  [
    { a: { $: { k: 'v' }, _: '<' } },
    { headless: true, rootName: 'r' },
    '<r>\n  <a k="v">&lt;</a>\n</r>',
  ],
  [
    { a: { '@': { k: 1 }, '#': '<' } },
    { headless: true, attrkey: '@', charkey: '#', cdata: true },
    '<a k="1"><![CDATA[<]]></a>',
  ],
  [{}, {}, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<root/>'],
])('writes %j with %j', async (json, options, expected) => {
  expect(await write(json, options)).toBe(expected);
});

test('a bad item becomes an error item when the node goes on', async () => {
  const output = await runNode({
    type: 'xml',
    inputs: [itemsOf({ data: '<a>1</a>' }, { data: '<a>' })],
    context: { continueOnFail: true },
  });
  expect(jsonOf(output)).toEqual([{ a: '1' }, { error: expect.stringContaining('Unclosed') }]);
});
