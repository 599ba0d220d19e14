import { expect, test } from 'vitest';
import type { Item } from '@millrace/workflow/items';
import { fakeFiles, itemWithFile, textIn } from '../testing/fake-files.ts';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const run = (parameters: Record<string, unknown>, items: Item[], version = 2) =>
  runNode({
    type: 'spreadsheetFile',
    version,
    parameters,
    inputs: [items],
    context: { binary: fakeFiles },
  });

test.each(['xls', 'xlsx', 'ods', 'html', 'rtf'])(
  'writes %s and reads it back',
  async (fileFormat) => {
    const written = await run(
      { operation: 'toFile', fileFormat },
      itemsOf({ a: 1, b: 'x' }, { a: 2 }),
    );
    const files = written && !('kind' in written) ? [...(written[0] ?? [])] : [];
    expect(files).toMatchObject([
      {
        json: {},
        pairedItem: [{ item: 0 }, { item: 1 }],
        binary: { data: { fileName: `spreadsheet.${fileFormat}` } },
      },
    ]);
    expect(jsonOf(await run({}, files))).toMatchObject([{ a: 1, b: 'x' }, { a: 2 }]);
  },
);

test('writes CSV with options of its own', async () => {
  const options = { fileName: 'x.csv', delimiter: ';' };
  const written = await run(
    { operation: 'toFile', fileFormat: 'csv', options },
    itemsOf({ a: 1, b: 2 }),
  );
  const file = written && !('kind' in written) ? written[0]?.[0] : undefined;
  expect(textIn(file)).toBe('\uFEFFa;b\n1;2');
});

test.each([
  [1, {}, { mimeType: 'text/csv' }],
  [2, { fileFormat: 'csv' }, { mimeType: 'text/plain' }],
  [2, {}, { fileName: 'a.CSV' }],
])('version %i with %j reads CSV of %j', async (version, parameters, about) => {
  const options = { headerRow: false, includeEmptyCells: true };
  const output = await run({ ...parameters, options }, [itemWithFile('1,2', about)], version);
  expect(jsonOf(output)).toEqual([{ row: ['1', '2'] }]);
});
