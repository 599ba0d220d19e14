import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { FilesPort } from '@millrace/workflow/ports';
import { jsonOf, runNode } from '../testing/fake-context.ts';
import { fakeFiles, itemWithFile, textIn } from '../testing/fake-files.ts';

/** A folder in memory; what keeps it within bounds is tested with the server's own. */
function openFolder(content: Readonly<Record<string, string>>) {
  const stored = new Map(Object.entries(content));
  const files: FilesPort = {
    find: async (pattern) => {
      const shape = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
      return [...stored.keys()].filter((path) => shape.test(path));
    },
    async open(path) {
      const found = stored.get(path);
      if (found === undefined) throw new Error(`no ${path}`);
      return {
        sizeBytes: found.length,
        bytes: (async function* () {
          yield Buffer.from(found);
        })(),
      };
    },
    write: async (path, bytes, { appends }) => {
      const before = appends ? (stored.get(path) ?? '') : '';
      stored.set(path, before + (await text(Readable.from(bytes))));
    },
  };
  return { files, stored };
}

const run = (
  parameters: JsonObject,
  files: FilesPort | undefined,
  item: Item = { json: {} },
  more: Partial<ExecuteContext> = {},
) =>
  runNode({
    type: 'readWriteFile',
    parameters,
    inputs: [[item]],
    context: {
      binary: fakeFiles,
      signal: new AbortController().signal,
      ...(files && { files }),
      ...more,
    },
  });

test('reads what a pattern matches, one item each, and says what it is', async () => {
  const { files } = openFolder({ 'in/a.csv': 'a', 'in/b.csv': 'b', 'in/c.txt': 'c' });
  const result = await run({ fileSelector: 'in\\*.csv' }, files);
  const [first, second] = Array.isArray(result) ? (result[0] ?? []) : [];
  expect(first?.json).toEqual({
    fileName: 'a.csv',
    fileExtension: 'csv',
    mimeType: 'text/csv',
    directory: 'in',
  });
  expect([textIn(first), textIn(second)]).toEqual(['a', 'b']);
  expect(second?.pairedItem).toEqual({ item: 0 });
});

test('a file may be given another name, type and field', async () => {
  const { files } = openFolder({ a: '<p>' });
  const options = { fileName: 'x.html', mimeType: 'text/x', dataPropertyName: 'page' };
  const result = await run({ fileSelector: 'a', options }, files);
  const [item] = Array.isArray(result) ? (result[0] ?? []) : [];
  expect(item?.binary?.['page']).toMatchObject({ fileName: 'x.html', mimeType: 'text/x' });
  expect(item?.json).toMatchObject({ fileExtension: 'html', directory: '' });
});

test('a pattern without a match gives nothing, a path is an error', async () => {
  const { files } = openFolder({});
  expect(jsonOf(await run({ fileSelector: '*.csv' }, files))).toEqual([]);
  await expect(run({ fileSelector: 'a.csv' }, files)).rejects.toThrow('no a.csv');
});

test('writes the file of the item, or adds it to the end', async () => {
  const { files, stored } = openFolder({});
  const item = itemWithFile('line\n', {}, { i: 1 });
  const parameters = { operation: 'write', fileName: 'log.txt' };
  expect(jsonOf(await run(parameters, files, item))).toEqual([{ i: 1, fileName: 'log.txt' }]);
  await run({ ...parameters, options: { append: true } }, files, item);
  expect(stored.get('log.txt')).toBe('line\nline\n');
});

test.each([
  ['read', 'without a folder', undefined, /MILLRACE_FILES_ROOT|may not be used/],
  ['write', 'without a file', openFolder({}).files, /binary file 'data'/],
])('%s fails %s', async (operation, _, files, message) => {
  const parameters = { operation, fileSelector: 'a', fileName: 'a' };
  await expect(run(parameters, files)).rejects.toThrow(message);
});
