import { expect, test } from 'vitest';
import type { Item } from '@millrace/workflow/items';
import { fakeFiles, itemWithFile } from '../testing/fake-files.ts';
import { runNode } from '../testing/fake-context.ts';

async function run(parameters: Record<string, unknown>, item: Item) {
  const output = await runNode({
    type: 'moveBinaryData',
    parameters,
    inputs: [[item]],
    context: { binary: fakeFiles },
  });
  return output && !('kind' in output) ? output[0]?.[0] : undefined;
}
const base64 = (text: string) => Buffer.from(text).toString('base64');
const part = { setAllData: false, destinationKey: 'x.y' };

test.each([
  [{}, '{"a":1}', { a: 1 }],
  [{}, '[1]', { data: [1] }],
  [part, '\uFEFFhéy', { old: 1, x: { y: 'héy' } }],
  [{ ...part, options: { stripBOM: false } }, '\uFEFFa', { old: 1, x: { y: '\uFEFFa' } }],
  [{ ...part, options: { jsonParse: true } }, '[1]', { old: 1, x: { y: [1] } }],
  [{ ...part, options: { keepAsBase64: true } }, 'a', { old: 1, x: { y: 'YQ==' } }],
])('a file becomes JSON with %j', async (parameters, content, json) => {
  expect(await run(parameters, itemWithFile(content, {}, { old: 1 }))).toEqual({
    json,
    pairedItem: { item: 0 },
  });
});

test('the source stays when asked for', async () => {
  const kept = await run({ options: { keepSource: true } }, itemWithFile('{}'));
  expect(Object.keys(kept?.binary ?? {})).toEqual(['data']);
  const parameters = { mode: 'jsonToBinary', options: { keepSource: true } };
  expect((await run(parameters, { json: { a: 1 } }))?.json).toEqual({ a: 1 });
});

test.each([
  [{}, {}, base64('{"a":"é","b":[1]}'), { fileName: 'file.json', mimeType: 'application/json' }],
  [{ convertAllData: false, sourceKey: 'a' }, { b: [1] }, base64('"é"'), {}],
  [
    {
      convertAllData: false,
      sourceKey: 'a',
      options: { useRawData: true, encoding: 'latin1', fileName: 'a.txt', mimeType: 'text/plain' },
    },
    { b: [1] },
    '6Q==',
    { fileName: 'a.txt', mimeType: 'text/plain' },
  ],
  [{ convertAllData: false, sourceKey: 'b' }, { a: 'é' }, base64('[1]'), {}],
])('JSON becomes a file with %j', async (parameters, json, data, about) => {
  const item = await run({ mode: 'jsonToBinary', ...parameters }, { json: { a: 'é', b: [1] } });
  expect(item).toMatchObject({ json, binary: { data: { data, ...about } } });
});

test('what cannot be moved is named', async () => {
  await expect(run({}, itemWithFile('{'))).rejects.toThrow("The file in 'data' is not JSON");
  await expect(run({}, { json: {} })).rejects.toThrow('none was found [item 0]');
  const missing = run(
    { mode: 'jsonToBinary', convertAllData: false, sourceKey: 'z' },
    { json: {} },
  );
  await expect(missing).rejects.toThrow('The field "z" is not set [item 0]');
});
