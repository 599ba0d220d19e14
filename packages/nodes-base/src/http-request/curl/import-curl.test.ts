import { expect, test } from 'vitest';
import type { JsonObject } from '@millrace/workflow/items';
import { importCurl } from './import-curl.ts';
import { shellWords } from './shell-words.ts';

test.each<[string, string[]]>([
  ['', []],
  [`a  'b c' "d \\"e\\" \\n" f\\ g`, ['a', 'b c', 'd "e" \\n', 'f g']],
  [`a'b'"c"`, ['abc']],
  [`$'it\\'s\\u0021\\n'`, ["it's!\n"]],
  ['a \\\n  b ^\r\n c', ['a', 'b', 'c']],
  [`'' ""`, ['', '']],
  ['$HOME', ['$HOME']],
])('cuts %j into words', (text, words) => {
  expect(shellWords(text)).toEqual(words);
});

const noRedirects = { redirect: { redirect: { followRedirects: false } } };
const rows = (fields: Readonly<Record<string, string>>) => ({
  parameters: Object.entries(fields).map(([name, value]) => ({ name, value })),
});

test.each<[string, JsonObject]>([
  ['curl example.com', { method: 'GET', url: 'http://example.com', options: noRedirects }],
  [
    `curl -sSL 'https://a.test/x?q=1&q=a%20b' -H 'X-A: b: c' -k -m 5`,
    {
      method: 'GET',
      url: 'https://a.test/x',
      sendQuery: true,
      queryParameters: {
        parameters: [
          { name: 'q', value: '1' },
          { name: 'q', value: 'a b' },
        ],
      },
      sendHeaders: true,
      headerParameters: rows({ 'X-A': 'b: c' }),
      options: { allowUnauthorizedCerts: true, timeout: 5000 },
    },
  ],
  [
    `curl https://a.test -d a=1 --data-urlencode 'b=x & y'`,
    {
      method: 'POST',
      url: 'https://a.test',
      sendBody: true,
      contentType: 'form-urlencoded',
      bodyParameters: rows({ a: '1', b: 'x & y' }),
      options: noRedirects,
    },
  ],
  [
    `curl -XPUT https://a.test -H 'Content-Type: application/json' --data-raw '{"a":"it'\\''s"}'`,
    {
      method: 'PUT',
      url: 'https://a.test',
      sendBody: true,
      contentType: 'json',
      specifyBody: 'json',
      jsonBody: `{"a":"it's"}`,
      options: noRedirects,
    },
  ],
  [
    `curl -G https://a.test?x=0 -d y=1`,
    {
      method: 'GET',
      url: 'https://a.test',
      sendQuery: true,
      queryParameters: rows({ x: '0', y: '1' }),
      options: noRedirects,
    },
  ],
  [
    `curl https://a.test -H 'content-type: text/xml' --data '<a/>'`,
    {
      method: 'POST',
      url: 'https://a.test',
      sendBody: true,
      contentType: 'raw',
      rawContentType: 'text/xml',
      body: '<a/>',
      options: noRedirects,
    },
  ],
  ['curl -I a.test', { method: 'HEAD', url: 'http://a.test', options: noRedirects }],
])('%s', (command, parameters) => {
  expect(importCurl(command)).toEqual({ parameters, notes: [] });
});

test('says what is left to do', () => {
  const { parameters, notes } = importCurl(
    `curl -u me:secret -F 'note=hi' -F 'doc=@a.pdf' -o out.pdf https://a.test`,
  );
  expect(parameters).toMatchObject({
    method: 'POST',
    genericAuthType: 'httpBasicAuth',
    contentType: 'multipart-form-data',
    bodyParameters: {
      parameters: [
        { parameterType: 'formData', name: 'note', value: 'hi' },
        { parameterType: 'formBinaryData', name: 'doc', inputDataFieldName: 'data' },
      ],
    },
  });
  expect(JSON.stringify(parameters)).not.toContain('secret');
  expect(notes).toEqual([
    expect.stringContaining('credential'),
    expect.stringContaining('file'),
    '"-o" was left out.',
  ]);
});

test.each([
  ['wget https://a.test', 'begins with "curl"'],
  ['curl -v', 'an address'],
  [`curl 'https://a.test`, "a closing '"],
])('refuses %s', (command, message) => {
  expect(() => importCurl(command)).toThrow(message);
});
