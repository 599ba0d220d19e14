import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

async function convert(parameters: Record<string, unknown>) {
  const output = await runNode({ type: 'markdown', parameters, inputs: [itemsOf({})] });
  return jsonOf(output)[0]?.data;
}
const toMarkdown = (html: string, options = {}) => convert({ html, options });
const toHtml = (markdown: string, options = {}) =>
  convert({ mode: 'markdownToHtml', markdown, options });

test.each([
  ['<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ol>', {}, '1. a  \n   * b  \n      * c'],
  ['<ul><li></li><li>a<br>b</li></ul>', { bulletMarker: '-' }, '- a  \nb'],
  ['<p>a</p><nav>b</nav>', { ignore: 'nav, footer' }, 'a'],
  ['a<i>b</i>', { emDelimiter: '*' }, 'a*b*'],
  ['<pre><code>x</code></pre>', { codeBlockStyle: 'indented' }, '    x'],
  ['<a href="http://x">l</a>', { useLinkReferenceDefinitions: true }, '[l][1]\n\n[1]: http://x'],
  ['a-b-c', { textReplace: { values: [{ pattern: '-', replacement: '+' }] } }, 'a+b+c'],
  ['A1', { textReplace: { values: [{ pattern: '/a/i', replacement: 'z' }] } }, 'z1'],
  ['', {}, ''],
])('%s with %j becomes Markdown', async (html, options, expected) => {
  expect(await toMarkdown(html, options)).toBe(expected);
});

test.each([
  ['# A', {}, '<h1 id="a">A</h1>'],
  ['# A', { noHeaderId: true, headerLevelStart: 3 }, '<h3>A</h3>'],
  ['a\nb', { simpleLineBreaks: true }, '<p>a<br />\nb</p>'],
  ['- [x] a', { tasklists: true, encodeEmails: false }, '<ul>\n<li class="task-list-item"'],
  ['~~a~~', { strikethrough: true }, '<p><del>a</del></p>'],
])('%s with %j becomes HTML', async (markdown, options, expected) => {
  expect(await toHtml(markdown, options)).toContain(expected);
});

test('a pattern that is no regular expression is named', async () => {
  const textReplace = { values: [{ pattern: '(', replacement: '' }] };
  await expect(toMarkdown('a', { textReplace })).rejects.toThrow(
    'Parameter "options.textReplace" should be a regular expression, but is "("',
  );
});
