import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { readFields } from './form-field.ts';
import { formPage } from './page.ts';
import { sanitizeCss, sanitizeHtml } from './sanitize.ts';

const choices = { fieldOptions: { values: [{ option: 'One' }, { option: 'Two "2"' }] } };
const elements = [
  { fieldLabel: 'Text', placeholder: 'Say', requiredField: true },
  { fieldLabel: 'Area', fieldType: 'textarea' },
  { fieldLabel: 'Number', fieldType: 'number' },
  { fieldLabel: 'Mail', fieldType: 'email' },
  { fieldLabel: 'Secret', fieldType: 'password' },
  { fieldLabel: 'Day', fieldType: 'date' },
  { fieldLabel: 'Drop', fieldType: 'dropdown', ...choices },
  { fieldLabel: 'Drops', fieldType: 'dropdown', multiselect: true, ...choices },
  { fieldLabel: 'Boxes', fieldType: 'checkbox', ...choices },
  { fieldLabel: 'Radio', fieldType: 'radio', requiredField: true, ...choices },
  { fieldLabel: 'File', fieldType: 'file', acceptFileTypes: '.png' },
  { fieldName: 'ref', fieldType: 'hiddenField', fieldValue: 'r1' },
  { fieldType: 'html', html: '<b>Bold</b><script>x</script>' },
];

async function open(change: Partial<Parameters<typeof formPage>[0]> = {}) {
  const response = await formPage({
    title: 'Title',
    description: '',
    button: 'Send',
    fields: readFields(elements),
    customCss: '',
    showsMaker: false,
    isTest: false,
    values: new Map([
      ['field-8', ['Two "2"']],
      ['field-11', ['r1']],
    ]),
    errors: new Map(),
    ...change,
  });
  return { response, page: load(String(response.body)) };
}

test('every kind of element stands on the page as the control for it', async () => {
  const { page } = await open();
  const controls = page('[name^=field-]')
    .toArray()
    .map((each) => `${each.tagName}:${page(each).attr('type') ?? ''}`);
  expect([...new Set(controls)]).toEqual([
    'input:text',
    'textarea:',
    'input:number',
    'input:email',
    'input:password',
    'input:date',
    'select:',
    'input:checkbox',
    'input:radio',
    'input:file',
    'input:hidden',
  ]);
  expect(page('[name=field-7]').is('[multiple]')).toBe(true);
  expect(page('[name=field-10]').is('[multiple][accept=".png"]')).toBe(true);
  expect(page('[name=field-11]').attr('value')).toBe('r1');
  expect(page('b').text()).toBe('Bold');
  expect(page('script')).toHaveLength(0);
});

test('each control has a name people and screen readers see', async () => {
  const { page } = await open();
  const bare = page('[name^=field-]:not([type=hidden])')
    .toArray()
    .filter((each) => {
      const id = page(each).attr('id');
      const isLabelled = id !== undefined && page(`label[for=${id}]`).text() !== '';
      return !isLabelled && page(each).closest('label').text() === '';
    });
  expect(bare).toEqual([]);
  expect(page('fieldset > legend')).toHaveLength(2);
  expect(page('html').attr('lang')).toBe('en');
  expect(page('meta[name=viewport]')).toHaveLength(1);
});

test('an error is tied to its control, which keeps what was typed', async () => {
  const { response, page } = await open({
    values: new Map([['field-0', ['"><img src=x onerror=alert(1)>']]]),
    errors: new Map([['field-0', 'Too odd']]),
  });
  expect(response.status).toBe(422);
  const control = page('[name=field-0]');
  expect(control.attr('value')).toBe('"><img src=x onerror=alert(1)>');
  expect(control.attr('aria-invalid')).toBe('true');
  expect(page(`#${control.attr('aria-describedby')}`).text()).toBe('Too odd');
  expect(page('img')).toHaveLength(0);
  expect(page('[role=alert]')).toHaveLength(1);
});

test('a password is never sent back', async () => {
  const { response } = await open({ values: new Map([['field-4', ['hunter2']]]) });
  expect(String(response.body)).not.toContain('hunter2');
});

describe('HTML of authors', () => {
  test.each([
    [
      '<p>Hi <a href="https://a.test" onclick="x">there</a></p>',
      '<p>Hi <a href="https://a.test" target="_blank" rel="noopener noreferrer">there</a></p>',
    ],
    ['<a href=" JavaScript:alert(1)">x</a>', '<a>x</a>'],
    ['<img src="javascript:x" onerror="y" alt="z">', '<img alt="z">'],
    ['<img src="data:image/png;base64,AA==">', '<img src="data:image/png;base64,AA==">'],
    ['<svg><script>x</script></svg><custom><b>k</b></custom>', '<b>k</b>'],
    ['<custom><i onclick="x">nested</i></custom>', '<i>nested</i>'],
    ['a <!-- <script>x</script> --> b', 'a  b'],
    ['<p>a<!-- x --></p>', '<p>a</p>'],
    ['<p style="background:url(x)">p</p>', '<p>p</p>'],
    ['plain & text', 'plain &amp; text'],
    ['<form><input name="x"></form><iframe src="x"></iframe>', ''],
  ])('%s becomes %s', async (html, clean) => {
    expect(await sanitizeHtml(html)).toBe(clean);
  });
});

describe('styles of authors', () => {
  test.each([
    ['h1{color:red}', 'h1{color:red}'],
    ['</style><script>', '/style>script>'],
    ['@import url(x); p{}', ' p{}'],
    ['p{background:URL("http://e.test/?a")}', 'p{background:none}'],
    ['p{background:u\\72l(x)}', 'p{background:u72l(x)}'],
    ['p{background:u/**/rl(x)}', 'p{background:none}'],
    ['p{behavior:x}', 'p{x-behavior:x}'],
  ])('%s becomes %s', (css, clean) => {
    expect(sanitizeCss(css)).toBe(clean);
  });
});
