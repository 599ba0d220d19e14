import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Batch, Item } from '@millrace/workflow/items';
import { fakeFiles, itemWithFile, textIn } from '../testing/fake-files.ts';
import { runNode } from '../testing/fake-context.ts';
import { tarOf } from './tar.ts';

async function run(
  item: Item,
  parameters: Record<string, unknown>,
  version = 1.1,
): Promise<Item | undefined> {
  const output = await runNode({
    type: 'compression',
    version,
    parameters,
    inputs: [[item]],
    context: { binary: fakeFiles },
  });
  const batch: Batch = output && !('kind' in output) ? (output[0] ?? []) : [];
  return batch[0];
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const two: Item = {
  json: { kept: true },
  binary: {
    a: { data: base64('AAA'), mimeType: 'text/plain', fileName: 'a.txt' },
    b: { data: base64('BBB'), mimeType: 'text/plain', fileName: 'a.txt' },
  },
};

test.each([
  ['zip', 'application/zip'],
  ['tar', 'application/x-tar'],
  ['targz', 'application/gzip'],
])('%s holds several files, each with its own name', async (outputFormat, mimeType) => {
  const fileName = `o.${outputFormat === 'targz' ? 'tar.gz' : outputFormat}`;
  const packed = await run(two, {
    operation: 'compress',
    binaryPropertyName: 'a, b',
    outputFormat,
    fileName,
  });
  expect(packed).toMatchObject({ json: { kept: true }, binary: { data: { fileName, mimeType } } });
  const unpacked = await run(packed ?? two, {});
  expect(unpacked?.binary).toMatchObject({
    file_0: { fileName: 'a.txt', mimeType: 'text/plain' },
    file_1: { fileName: 'a_1.txt' },
  });
  expect([textIn(unpacked, 'file_0'), textIn(unpacked, 'file_1')]).toEqual(['AAA', 'BBB']);
});

test.each([
  ['o.gz', 'o.txt.gz'],
  ['o.txt.gz', 'o.txt.gz'],
  ['', 'a.txt.gz'],
])('gzip named %j is called %s', async (fileName, expected) => {
  const parameters = {
    operation: 'compress',
    binaryPropertyName: 'a',
    outputFormat: 'gzip',
    fileName,
  };
  expect((await run(two, parameters))?.binary?.data?.fileName).toBe(expected);
});

test('version 1 numbers gzip files', async () => {
  const parameters = {
    operation: 'compress',
    binaryPropertyName: 'a,b',
    outputFormat: 'gzip',
    outputPrefix: 'z',
  };
  expect(Object.keys((await run(two, parameters, 1))?.binary ?? {})).toEqual(['z0', 'z1']);
});

test('folders become directories, litter of macOS is left out', async () => {
  const bytes = zipSync({ 'd/e.txt': strToU8('x'), '__MACOSX/d': strToU8(''), d2: {} });
  const item = await run(itemWithFile(bytes, { fileName: 'a.zip' }), { outputPrefix: 'f' });
  expect(item?.binary).toEqual({
    f0: { data: base64('x'), fileName: 'e.txt', directory: 'd', mimeType: 'text/plain' },
  });
});

test('tar keeps names longer than its field', async () => {
  const name = `${'n'.repeat(150)}.txt`;
  const item = itemWithFile(tarOf([{ name, bytes: Buffer.from('x'.repeat(600)) }], 0), {
    fileName: 'a.tar',
  });
  expect((await run(item, {}))?.binary?.file_0?.fileName).toBe(name);
});

test.each([
  ['a.txt', 'x', 'The file "a.txt" is no zip, gzip or tar archive [item 0]'],
  ['a.zip', 'x', 'The archive "a.zip" could not be unpacked: '],
  ['a.gz', 'x', 'The archive "a.gz" could not be unpacked: '],
  ['a.tar', 'x'.repeat(512), 'could not be unpacked: The file is not a tar archive'],
])('%s of %j is refused', async (fileName, content, message) => {
  await expect(run(itemWithFile(content, { fileName }), {})).rejects.toThrow(message);
});

test('archives that would fill the memory are refused before they do', async () => {
  const bomb = zipSync({ z: strToU8('x') });
  const directory = bomb.lastIndexOf(0x02); // PK\x01\x02 of the only entry
  new DataView(bomb.buffer).setUint32(directory - 3 + 24, 0xfffffff0, true);
  await expect(run(itemWithFile(bomb, { fileName: 'a.zip' }), {})).rejects.toThrow(
    'unpacks to more than 512 MB',
  );
});

test('a broken gzip file does not stop the next item', async () => {
  const good = gzipSync('x');
  const output = await runNode({
    type: 'compression',
    inputs: [
      [
        itemWithFile(good.subarray(0, 12), { fileName: 'a.gz' }),
        itemWithFile(good, { fileName: 'b.txt.gz' }),
      ],
    ],
    context: { binary: fakeFiles, continueOnFail: true },
  });
  expect(output).toMatchObject([
    [
      { json: { error: expect.stringContaining('a.gz') } },
      { binary: { file_0: { fileName: 'b.txt' } } },
    ],
  ]);
});
