import { utils, write, type BookType } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { fakeFiles, itemWithFile } from '../testing/fake-files.ts';
import { jsonOf, runNode } from '../testing/fake-context.ts';

async function run(
  operation: string,
  content: string | Uint8Array,
  options: Record<string, unknown> = {},
  more = {},
) {
  return runNode({
    type: 'extractFromFile',
    parameters: { operation, options, ...more },
    inputs: [[itemWithFile(content, {}, { old: 1 })]],
    context: { binary: fakeFiles },
  });
}
const rows = async (...call: Parameters<typeof run>) => jsonOf(await run(...call));

test.each([
  ['a,b\n1,\n', {}, [{ a: '1' }]],
  ['a,b\n1,\n', { includeEmptyCells: true }, [{ a: '1', b: '' }]],
  ['1,2\n3,', { headerRow: false }, [{ row: { 0: '1', 1: '2' } }, { row: { 0: '3' } }]],
  [
    '1,2\n3,',
    { headerRow: false, includeEmptyCells: true },
    [{ row: ['1', '2'] }, { row: ['3', ''] }],
  ],
  ['a;b\n1;2\n3;4', { delimiter: ';', maxRowCount: 1 }, [{ a: '1', b: '2' }]],
  ['x\na,b\n1,2', { fromLine: 2 }, [{ a: '1', b: '2' }]],
  ['\uFEFFa\n1', { enableBOM: true }, [{ a: '1' }]],
  ['\uFEFFa\n1', {}, [{ '\uFEFFa': '1' }]],
  ['a,b\n1, x "y"', { relaxQuotes: true }, [{ a: '1', b: ' x "y"' }]],
  [
    'a,b\n1\n2,3',
    { skipRecordsWithErrors: { value: { enabled: true, maxSkippedRecords: 1 } } },
    [{ a: '2', b: '3' }],
  ],
  ['', {}, []],
])('reads CSV %j with %j', async (content, options, expected) => {
  expect(await rows('csv', content, options)).toEqual(expected);
});

test.each([
  ['a,b\n1', {}, 'Invalid Record Length: columns length is 2, got 1 on line 2'],
  [
    'a,b\n1\n2\n3',
    { skipRecordsWithErrors: { value: { enabled: true, maxSkippedRecords: 1 } } },
    'on line 3',
  ],
  ['a', { encoding: 'nope' }, '"options.encoding" should be an encoding'],
])('refuses CSV %j with %j', async (content, options, message) => {
  await expect(rows('csv', content, options)).rejects.toThrow(message);
});

const book = (bookType: BookType) =>
  write(
    {
      SheetNames: ['One', 'Two'],
      Sheets: {
        One: utils.aoa_to_sheet([
          ['n', 't'],
          [1.5, 'x'],
          [2, null],
        ]),
        Two: utils.aoa_to_sheet([['z'], [true]]),
      },
    },
    { bookType, type: 'buffer' },
  );

test.each<[string, BookType]>([
  ['xlsx', 'xlsx'],
  ['xls', 'biff8'],
  ['ods', 'ods'],
])('reads the sheets of %s', async (operation, type) => {
  const bytes = book(type);
  expect(await rows(operation, bytes)).toEqual([{ n: 1.5, t: 'x' }, { n: 2 }]);
  expect(await rows(operation, bytes, { sheetName: 'Two' })).toEqual([{ z: true }]);
  expect(
    await rows(operation, bytes, { includeEmptyCells: true, maxRowCount: 2, range: 1 }),
  ).toEqual([{ '1.5': 2, x: '' }]);
  expect(await rows(operation, bytes, { headerRow: false, range: 'A1:A2' })).toEqual([
    { row: ['n'] },
    { row: [1.5] },
  ]);
  await expect(rows(operation, bytes, { sheetName: 'Nope' })).rejects.toThrow(
    'does not contain sheet called "Nope"! It has: One, Two',
  );
});

test.each<[string, BookType]>([
  ['html', 'html'],
  ['rtf', 'rtf'],
])('reads the table of %s', async (operation, type) => {
  expect(await rows(operation, book(type))).toMatchObject([{ n: 1.5, t: 'x' }, { n: 2 }]);
});

test.each([
  ['text', 'héllo', {}, 'héllo'],
  ['text', Buffer.from([0xe9]), { encoding: 'latin1' }, 'é'],
  ['text', '\uFEFFa', {}, 'a'],
  ['text', '\uFEFFa', { stripBOM: false }, '\uFEFFa'],
  ['xml', '<a/>', {}, '<a/>'],
  ['fromJson', '{"a":[1]}', {}, { a: [1] }],
  ['binaryToPropery', 'hello', {}, 'aGVsbG8='],
])('%s of %j with %j', async (operation, content, options, expected) => {
  const more = { destinationKey: 'x.y' };
  expect(await rows(operation, content, options, more)).toEqual([{ x: { y: expected } }]);
});

test.each([
  ['json', { old: 1, data: 'a' }, false],
  ['binary', { data: 'a' }, true],
  ['both', { old: 1, data: 'a' }, true],
  [undefined, { data: 'a' }, false],
])('keepSource %s', async (keepSource, json, hasFile) => {
  const output = await run('text', 'a', keepSource ? { keepSource } : {});
  const item = output && !('kind' in output) ? output[0]?.[0] : undefined;
  expect(item?.json).toEqual(json);
  expect(item?.binary !== undefined).toBe(hasFile);
});

test.each([
  ['fromJson', '{', "The file in 'data' could not be read: "],
  ['fromIcs', 'nothing', "The file in 'data' could not be read: "],
  ['pdf', 'nothing', 'Invalid PDF structure'],
])('%s says which file is malformed', async (operation, content, message) => {
  await expect(rows(operation, content)).rejects.toThrow(message);
});

const PDF = pdfOf('Hello PDF');

test('reads the text of a PDF', async () => {
  const [read] = await rows('pdf', PDF);
  expect(read).toMatchObject({ numpages: 1, numrender: 1, text: 'Hello PDF', version: '1.4' });
  expect(await rows('pdf', PDF, { joinPages: false, maxPages: 1 })).toMatchObject([
    { text: ['Hello PDF'] },
  ]);
});

test('reads events of calendars, in named zones too', async () => {
  const lines = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART;TZID=Europe/Berlin:20240701T100000',
    'DTEND;VALUE=DATE:20240702',
    'CATEGORIES:a,b',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  expect(await rows('fromIcs', lines.join('\r\n'))).toEqual([
    {
      data: {
        events: [
          {
            uid: '1',
            start: {
              date: '2024-07-01T08:00:00.000Z',
              type: 'DATE-TIME',
              local: {
                date: '2024-07-01T10:00:00.000Z',
                timezone: 'Europe/Berlin',
                tzoffset: '+0200',
              },
            },
            end: { date: '2024-07-02T00:00:00.000Z', type: 'DATE' },
            categories: ['a', 'b'],
          },
        ],
      },
    },
  ]);
});

/** The smallest file a PDF reader accepts, with one line of text. */
function pdfOf(text: string): string {
  const stream = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  return `${body}xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`;
}
