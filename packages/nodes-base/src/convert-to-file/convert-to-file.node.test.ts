import { expect, test } from 'vitest';
import type { Batch } from '@millrace/workflow/items';
import { fakeFiles, textIn } from '../testing/fake-files.ts';
import { itemsOf, runNode } from '../testing/fake-context.ts';

async function convert(
  parameters: Record<string, unknown>,
  rows: Record<string, unknown>[],
  version = 1.1,
): Promise<Batch> {
  const output = await runNode({
    type: 'convertToFile',
    version,
    parameters,
    inputs: [itemsOf(...rows)],
    context: { binary: fakeFiles },
  });
  return output && !('kind' in output) ? (output[0] ?? []) : [];
}

test.each([
  [
    {},
    [
      { a: 1, b: 'x,y' },
      { b: 'q"u', c: true },
    ],
    'a,b,c\n1,"x,y",\n,"q""u",TRUE',
  ],
  [
    { delimiter: ';', headerRow: false },
    [{ a: 'x,y;z', b: null }, { a: 'l\nm' }],
    '"x,y;z";\n"l\nm";',
  ],
  [
    {},
    [{ o: { x: { y: 1 } }, l: ['a', 'b'], big: 12345678901234 }],
    'o.x.y,l.0,l.1,big\n1,a,b,12345678901234',
  ],
  [{}, [], ''],
])('writes CSV with %j', async (options, rows, expected) => {
  const [item] = await convert({ options }, rows);
  expect(textIn(item)).toBe(`\uFEFF${expected}`);
  expect(item?.binary?.data).toMatchObject({ mimeType: 'text/csv', fileName: 'File.csv' });
  expect(item?.pairedItem).toEqual(rows.map((_row, index) => ({ item: index })));
});

test('many rows are written in pieces that fit together', async () => {
  const rows = Array.from({ length: 2500 }, (_, i) => ({ i }));
  const [item] = await convert({}, rows);
  expect(textIn(item).slice(1).split('\n')).toEqual(['i', ...rows.map(({ i }) => String(i))]);
});

test.each([
  [
    'toJson',
    { mode: 'once', options: { format: true } },
    ['[\n  {\n    "t": "é"\n  },\n  {\n    "t": "b"\n  }\n]'],
  ],
  ['toJson', { mode: 'each' }, ['{"t":"é"}', '{"t":"b"}']],
  ['toText', { sourceProperty: 't', options: { addBOM: true } }, ['\uFEFFé', '\uFEFFb']],
])('%s with %j', async (operation, parameters, expected) => {
  const items = await convert({ operation, ...parameters }, [{ t: 'é' }, { t: 'b' }]);
  expect(items.map((item) => textIn(item))).toEqual(expected);
});

test('text is written in the encoding asked for; what is no text as JSON', async () => {
  const options = { encoding: 'latin1', fileName: 'n.md' };
  const [item] = await convert({ operation: 'toText', sourceProperty: 'a.t', options }, [
    { a: { t: 'é' } },
  ]);
  expect(item?.binary?.data).toMatchObject({
    data: '6Q==',
    mimeType: 'text/markdown',
    fileName: 'n.md',
  });
  const [json] = await convert({ operation: 'toText', sourceProperty: 'a' }, [{ a: [1] }]);
  expect(textIn(json)).toBe('[1]');
  const unknown = convert(
    { operation: 'toText', sourceProperty: 'a', options: { encoding: 'x' } },
    [{ a: 'b' }],
  );
  await expect(unknown).rejects.toThrow('"options.encoding" should be an encoding such as');
});

test('base64 becomes the file it was, known by its first bytes', async () => {
  const png = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1').toString('base64');
  const [item] = await convert({ operation: 'toBinary', sourceProperty: 'b' }, [{ b: png }]);
  expect(item?.binary?.data).toMatchObject({ data: png, mimeType: 'image/png' });
  const named = {
    operation: 'toBinary',
    sourceProperty: 'b',
    options: { mimeType: 'x/y', fileName: 'f' },
  };
  expect((await convert(named, [{ b: png }]))[0]?.binary?.data).toMatchObject({
    mimeType: 'x/y',
    fileName: 'f',
  });
  const plain = { operation: 'toBinary', sourceProperty: 'b', options: { dataIsBase64: false } };
  expect(textIn((await convert(plain, [{ b: 'hey' }], 1))[0])).toBe('hey');
  await expect(convert({ operation: 'toBinary', sourceProperty: 'nope' }, [{}])).rejects.toThrow(
    'The value in "nope" is not set',
  );
});

test('an event is written as a calendar', async () => {
  const text = async (parameters: Record<string, unknown>) =>
    textIn((await convert({ operation: 'iCal', title: 'Meet', ...parameters }, [{}]))[0]);
  const start = '2024-03-01T10:00:00';
  const end = '2024-03-01T11:00:00';
  expect(await text({ start, end })).toContain(
    'DTSTART:20240301T100000Z\r\nDTEND:20240301T110000Z\r\n',
  );
  expect(await text({ start, end, additionalFields: { useWorkflowTimezone: true } })).toContain(
    'DTSTART:20240301T090000Z',
  );
  const day = await text({
    start,
    end,
    allDay: true,
    additionalFields: { recurrenceRule: 'RRULE:FREQ=DAILY' },
  });
  expect(day).toContain('DTSTART;VALUE=DATE:20240301\r\nSUMMARY');
  expect(day).toContain('RRULE:FREQ=DAILY');
  await expect(text({ start: 'soon', end })).rejects.toThrow('Invalid date format');
});
