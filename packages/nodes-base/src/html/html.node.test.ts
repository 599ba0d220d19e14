import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const PAGE =
  '<title> T </title><h1>Head  <i>line</i></h1><ul><li id="a">One</li><li>Two &amp; more</li></ul>' +
  '<p>para<br>two <a href="/x">link</a></p><input value="v"><style>p{}</style>';

async function extract(
  row: Record<string, unknown>,
  more: Record<string, unknown> = {},
  version = 1.2,
) {
  const output = await runNode({
    type: 'html',
    version,
    parameters: {
      operation: 'extractHtmlContent',
      extractionValues: { values: [{ key: 'k', returnValue: 'text', ...row }] },
      ...more,
    },
    inputs: [itemsOf({ data: PAGE })],
  });
  return jsonOf(output)[0]?.k;
}

test.each([
  [{ cssSelector: 'li' }, 'One'],
  [{ cssSelector: 'li', returnArray: true }, ['One', 'Two & more']],
  [
    { cssSelector: 'li', returnValue: 'attribute', attribute: 'id', returnArray: true },
    ['a', null],
  ],
  [{ cssSelector: 'h1', returnValue: 'html' }, 'Head <i>line</i>'],
  [{ cssSelector: 'h1', skipSelectors: 'b, i' }, 'Head'],
  [{ cssSelector: 'input', returnValue: 'value' }, 'v'],
  [{ cssSelector: 'nope' }, ''],
  [{ cssSelector: 'nope', returnValue: 'attribute', attribute: 'id' }, undefined],
  [{ cssSelector: 'nope', returnArray: true }, []],
])('finds %j', async (row, expected) => {
  expect(await extract(row)).toEqual(expected);
});

test('text reads as a person would, unless cleaned up; version 1 takes it as it is', async () => {
  const options = { cleanUpText: false };
  expect(await extract({ cssSelector: 'body' }, { options })).toBe(
    'HEAD LINE\n\n * One\n * Two & more\n\npara\ntwo link [/x]',
  );
  expect(await extract({ cssSelector: 'p' })).toBe('paratwo link [/x]');
  expect(await extract({ cssSelector: 'title' }, { options: { trimValues: false } }, 1)).toBe(
    ' T ',
  );
  expect(await extract({ cssSelector: 'li' }, {}, 1)).toBe('OneTwo & more');
});

test('a list of pages gives an item each, and a file is read too', async () => {
  const parameters = {
    operation: 'extractHtmlContent',
    extractionValues: { values: [{ key: 'k', cssSelector: 'b', returnValue: 'text' }] },
  };
  const inputs = [itemsOf({ data: ['<b>1</b>', '<b>2</b>'] })];
  expect(await runNode({ type: 'html', parameters, inputs })).toEqual([
    [
      { json: { k: '1' }, pairedItem: { item: 0 } },
      { json: { k: '2' }, pairedItem: { item: 0 } },
    ],
  ]);
  const file = { data: Buffer.from('<b>ü</b>').toString('base64'), mimeType: 'text/html' };
  const output = await runNode({
    type: 'html',
    parameters: { ...parameters, sourceData: 'binary', dataPropertyName: 'f' },
    inputs: [[{ json: {}, binary: { f: file } }]],
  });
  expect(jsonOf(output)).toEqual([{ k: 'ü' }]);
});

test('a missing field is named', async () => {
  const run = runNode({
    type: 'html',
    parameters: { operation: 'extractHtmlContent' },
    inputs: [itemsOf({ x: 1 })],
  });
  await expect(run).rejects.toThrow('No property named "data" exists!');
});

test.each([
  ['<p>{{ $json.a }}</p>', '=<p>{{ $json.a }}</p>'],
  ['=<p>{{ $json.a }}</p>', '=<p>{{ $json.a }}</p>'],
])('the template %s is evaluated as one text', async (html, expected) => {
  const context = { evaluate: (text: string) => `evaluated ${text}` };
  const output = await runNode({
    type: 'html',
    parameters: { html },
    inputs: [itemsOf({})],
    context,
  });
  expect(jsonOf(output)).toEqual([{ html: `evaluated ${expected}` }]);
});

test('items become a table with a column for every field, values escaped', async () => {
  const table = async (options: Record<string, unknown>) =>
    jsonOf(
      await runNode({
        type: 'html',
        parameters: { operation: 'convertToHtmlTable', options },
        inputs: [itemsOf({ firstName: '<b>' }, { n: { x: 1 } })],
      }),
    );
  expect(
    await table({
      customStyling: true,
      capitalize: true,
      caption: 'C&D',
      tableAttributes: 'id="t"',
      cellAttributes: 'class="c"',
    }),
  ).toEqual([
    {
      table:
        '<table id="t"><caption>C&amp;D</caption><thead><tr><th>First Name</th><th>N</th></tr></thead>' +
        '<tbody><tr><td class="c">&lt;b&gt;</td><td class="c"></td></tr>' +
        '<tr><td class="c"></td><td class="c">{&quot;x&quot;:1}</td></tr></tbody></table>',
    },
  ]);
  expect(String((await table({}))[0]?.table)).toContain('<th style=');
});

test('HTML Extract does the same without an operation', async () => {
  const output = await runNode({
    type: 'htmlExtract',
    parameters: {
      dataPropertyName: 'h',
      extractionValues: { values: [{ key: 't', cssSelector: 'p', returnValue: 'html' }] },
    },
    inputs: [itemsOf({ h: '<p> a <b>b</b></p>' })],
  });
  expect(jsonOf(output)).toEqual([{ t: 'a <b>b</b>' }]);
});
