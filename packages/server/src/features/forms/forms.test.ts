import { nodesBase } from '@millrace/nodes-base';
import type { JsonObject } from '@millrace/workflow/items';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawChain, fields } from '../../testing/draw-chain.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

let app: TestApp;
let headers: { cookie: string };
beforeAll(async () => {
  app = await openTestApp({ packages: [nodesBase] });
  headers = await app.signIn(OWNER);
});
afterAll(() => app.end());

type Step = Parameters<typeof drawChain>[1];
const api = (method: 'GET' | 'POST', path: string, body?: unknown) =>
  app.call({ method, url: `/api/v1${path}`, headers, ...(body !== undefined && { body }) });

async function publish(...steps: Step[]): Promise<string> {
  const { body } = await api('POST', '/workflows', drawChain('Form', ...steps));
  const published = await api('POST', `/workflows/${body.id}/publish`);
  expect(published.status).toBe(200);
  return body.id;
}
const trigger = (path: string, elements: readonly JsonObject[], more: JsonObject = {}): Step => {
  const { options, ...rest } = more;
  const parameters = {
    formTitle: 'Survey',
    formFields: { values: [...elements] },
    options: { path, ...(typeof options === 'object' && options) },
    ...rest,
  };
  return ['Form', 'formTrigger', parameters];
};
const page = (elements: readonly JsonObject[], options: JsonObject = {}): Step => [
  'Page',
  'form',
  { formFields: { values: [...elements] }, options },
];

/** Sends a form as a browser does. */
async function submit(url: string, data: FormData) {
  const request = new Request('http://x/', { method: 'POST', body: data });
  return app.http.inject({
    method: 'POST',
    url,
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
}
function form(values: Readonly<Record<string, string | File>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  return data;
}
const pathOf = (location: unknown) => {
  const url = new URL(String(location), 'http://x');
  return `${url.pathname}${url.search}`;
};
async function lastExecution(workflowId: string) {
  const list = async () => (await api('GET', `/executions?workflowId=${workflowId}`)).body.data;
  await expect.poll(async () => (await list())[0]?.finishedAt ?? null).not.toBeNull();
  const [{ id }] = await list();
  return (await api('GET', `/executions/${id}?data=true`)).body;
}

const name = { fieldLabel: 'Name', requiredField: true };
const age = { fieldLabel: 'Age', fieldType: 'number' };

test('a visit shows the form, and starts nothing', async () => {
  const id = await publish(trigger('visit', [name, age]));
  const reply = await app.http.inject('/form/visit?Name=Ada');
  expect(reply.statusCode).toBe(200);
  expect(reply.body).toContain('<h1>Survey</h1>');
  expect(reply.body).toMatch(/name="field-0"[^>]* required [^>]*value="Ada"/);
  const policies = String(reply.headers['content-security-policy']);
  expect(policies).toContain('sandbox');
  expect(policies).toContain("default-src 'none'");
  expect(reply.headers['x-content-type-options']).toBe('nosniff');
  expect((await api('GET', `/executions?workflowId=${id}`)).body.data).toEqual([]);
  expect((await app.http.inject('/form/none')).statusCode).toBe(404);
  expect((await app.http.inject('/webhook/visit')).statusCode).toBe(404);
});

test('a submission starts the workflow with values of their kind', async () => {
  const id = await publish(trigger('submit', [name, age]), ['End', 'noOp']);
  const reply = await submit('/form/submit?from=mail', form({ 'field-0': 'Ada', 'field-1': '36' }));
  expect(reply.statusCode).toBe(200);
  expect(reply.body).toContain('Your response has been recorded');
  const { runData } = await lastExecution(id);
  expect(runData.End[0].outputs[0][0].json).toMatchObject({
    Name: 'Ada',
    Age: 36,
    formMode: 'production',
    formQueryParameters: { from: 'mail' },
    submittedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
});

test('what is missing or wrong brings the page again with what was typed, and starts nothing', async () => {
  const id = await publish(trigger('wrong', [name, age]));
  const reply = await submit(
    '/form/wrong',
    form({ 'field-0': '', 'field-1': '"><script>alert(1)</script>' }),
  );
  expect(reply.statusCode).toBe(422);
  expect(reply.body).toContain('role="alert"');
  expect(reply.body).toContain('This field is required');
  expect(reply.body).toContain('Enter a number');
  expect(reply.body).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(reply.body).not.toContain('<script');
  expect((await api('GET', `/executions?workflowId=${id}`)).body.data).toEqual([]);
});

test('files go into the store and are named in the item', async () => {
  const file = {
    fieldLabel: 'Your CV',
    fieldType: 'file',
    acceptFileTypes: '.txt',
    multipleFiles: false,
  };
  const id = await publish(trigger('file', [file]), ['End', 'noOp']);
  const bad = await submit('/form/file', form({ 'field-0': new File(['MZ'], 'cv.exe') }));
  expect(bad.statusCode).toBe(422);
  expect(bad.body).toContain('Only these files are taken: .txt');
  const good = new File(['hello'], 'cv.txt', { type: 'text/plain' });
  expect((await submit('/form/file', form({ 'field-0': good }))).statusCode).toBe(200);
  const [item] = (await lastExecution(id)).runData.End[0].outputs[0];
  expect(item.json['Your CV']).toEqual({ filename: 'cv.txt', mimetype: 'text/plain', size: 5 });
  expect(item.binary.Your_CV).toMatchObject({ fileName: 'cv.txt', bytes: 5 });
});

test('several pages, whose texts and defaults know the answers before, and an ending', async () => {
  const second = { fieldLabel: 'Why', defaultValue: '=because {{ $json.Name }}' };
  const id = await publish(
    trigger('pages', [name]),
    page([second], { formTitle: '=Hello {{ $("Form").item.json.Name }}' }),
    ['Note', 'set', fields({ note: '={{ $json.Why }}!' })],
    [
      'End',
      'form',
      {
        operation: 'completion',
        completionTitle: '=Thanks, {{ $("Form").item.json.Name }}',
        completionMessage: '={{ $json.note }}',
      },
    ],
  );
  const first = await submit('/form/pages', form({ 'field-0': '<b>Ada</b>' }));
  expect(first.statusCode).toBe(303);
  const next = pathOf(first.headers.location);
  expect(next).toMatch(/^\/form-waiting\/[^?]+\?signature=.+/);

  const shown = await app.http.inject(next);
  expect(shown.body).toContain('<h1>Hello &lt;b&gt;Ada&lt;/b&gt;</h1>');
  expect(shown.body).toContain('value="because &lt;b&gt;Ada&lt;/b&gt;"');
  expect((await app.http.inject(next.replace(/=.*/, '=wrong'))).statusCode).toBe(401);

  const sent = await submit(next, form({ 'field-0': 'for fun' }));
  expect(sent.statusCode).toBe(200);
  expect(sent.body).toContain('Thanks, &lt;b&gt;Ada&lt;/b&gt;');
  expect(sent.body).toContain('for fun!');
  expect((await lastExecution(id)).order).toEqual(['Form', 'Page', 'Note', 'End']);

  const again = await submit(next, form({ 'field-0': 'twice' }));
  expect(again.body).not.toContain('twice');
  expect((await api('GET', `/executions?workflowId=${id}`)).body.data).toHaveLength(1);
});

test('a page may end by redirect, by text of the author, or with a file', async () => {
  const ending = (parameters: JsonObject): Step => [
    'End',
    'form',
    { operation: 'completion', ...parameters },
  ];
  await publish(
    trigger('go', []),
    ending({ respondWith: 'redirect', redirectUrl: 'https://there.test/x' }),
  );
  const went = await submit('/form/go', form({ a: '1' }));
  expect([went.statusCode, went.headers.location]).toEqual([303, 'https://there.test/x']);

  await publish(
    trigger('bad', []),
    ending({ respondWith: 'redirect', redirectUrl: 'javascript:alert(1)' }),
  );
  const refused = await submit('/form/bad', form({ a: '1' }));
  expect([refused.statusCode, refused.headers.location]).toEqual([500, undefined]);

  await publish(
    trigger('own', []),
    ending({ respondWith: 'showText', responseText: '<h1>Own</h1>' }),
  );
  const own = await submit('/form/own', form({ a: '1' }));
  expect(own.body).toBe('<h1>Own</h1>');
  expect(own.headers['content-security-policy']).toContain('sandbox');

  const file = { fieldLabel: 'File', fieldType: 'file', multipleFiles: false };
  await publish(
    trigger('back', [file]),
    ending({ respondWith: 'returnBinary', completionTitle: 'T', inputDataFieldName: 'File' }),
  );
  const back = await submit('/form/back', form({ 'field-0': new File(['abc'], 'ä.txt') }));
  expect(back.body).toBe('abc');
  expect(back.headers['content-disposition']).toBe("attachment; filename*=UTF-8''%C3%A4.txt");
});

test('the answer may wait for the workflow, and tells a failure without its details', async () => {
  const mode = { responseMode: 'lastNode' };
  await publish(trigger('last', [name], mode), ['End', 'noOp']);
  expect((await submit('/form/last', form({ 'field-0': 'A' }))).statusCode).toBe(200);
  await publish(trigger('fail', [name], mode), [
    'Stop',
    'stopAndError',
    { errorType: 'errorMessage', errorMessage: 'secret detail' },
  ]);
  const failed = await submit('/form/fail', form({ 'field-0': 'A' }));
  expect(failed.statusCode).toBe(500);
  expect(failed.body).not.toContain('secret detail');
});

test('options: button, redirect after, styles that cannot load or break out', async () => {
  const options = {
    buttonLabel: 'Send <it>',
    customCss:
      'h1{color:red}</style><script>x</script> a{background:url(http://evil/)} @import "x";',
    respondWithOptions: { values: { respondWith: 'redirect', redirectUrl: 'https://done.test/' } },
  };
  await publish(trigger('look', [name], { options }));
  const { body } = await app.http.inject('/form/look');
  expect(body).toContain('Send &lt;it&gt;');
  expect(body).toContain('h1{color:red}');
  expect(body).not.toMatch(/<script|evil|@import/);
  const sent = await submit('/form/look', form({ 'field-0': 'A' }));
  expect([sent.statusCode, sent.headers.location]).toEqual([303, 'https://done.test/']);
});

test('basic auth guards the page and the submission', async () => {
  const made = await api('POST', '/credentials', {
    name: 'Guests',
    type: 'httpBasicAuth',
    data: { user: 'guest', password: 'pw' },
  });
  expect(made.status).toBe(201);
  const [, , parameters] = trigger('guarded', [name], { authentication: 'basicAuth' });
  const credentials = { httpBasicAuth: { id: made.body.id, name: 'Guests' } };
  await publish(['Form', 'formTrigger', parameters ?? {}, { credentials }]);
  const bare = await app.http.inject('/form/guarded');
  expect([bare.statusCode, bare.headers['www-authenticate']]).toEqual([
    401,
    'Basic realm="Webhook"',
  ]);
  expect((await submit('/form/guarded', form({ 'field-0': 'A' }))).statusCode).toBe(401);
  const authorization = `Basic ${Buffer.from('guest:pw').toString('base64')}`;
  const known = await app.http.inject({ url: '/form/guarded', headers: { authorization } });
  expect(known.statusCode).toBe(200);
});

test('a draft’s form is tried at its test address', async () => {
  const { body } = await api(
    'POST',
    '/workflows',
    drawChain('Draft', trigger('try', [name]), ['End', 'noOp']),
  );
  expect((await app.http.inject('/form-test/try')).statusCode).toBe(404);
  const started = await api('POST', `/workflows/${body.id}/test`, {});
  expect(started.body.listening.addresses[0].url).toContain('/form-test/try');
  const shown = await app.http.inject('/form-test/try');
  expect(shown.body).toContain('This is a test of the form');
  expect((await submit('/form-test/try', form({ 'field-0': '' }))).statusCode).toBe(422);
  expect((await submit('/form-test/try', form({ 'field-0': 'A' }))).statusCode).toBe(200);
  const { mode, runData } = await lastExecution(body.id);
  expect(mode).toBe('manual');
  expect(runData.End[0].outputs[0][0].json).toMatchObject({ Name: 'A', formMode: 'test' });
  expect((await app.http.inject('/form-test/try')).statusCode).toBe(404);
});

test('a Wait node can ask by a form', async () => {
  const { body } = await api(
    'POST',
    '/workflows',
    drawChain(
      'Ask',
      ['Start', 'manualTrigger'],
      ['Wait', 'wait', { resume: 'form', formTitle: 'Approve?', formFields: { values: [name] } }],
    ),
  );
  const { body: started } = await api('POST', `/workflows/${body.id}/test`, { wait: true });
  const { body: waits } = await api('GET', `/executions/${started.id}`);
  expect(waits.waiting).toMatchObject({ for: 'form', node: 'Wait' });
  const url = pathOf(waits.waiting.address);
  expect((await app.http.inject(url)).body).toContain('Approve?');
  const wrongDoor = url.replace('/form-waiting/', '/webhook-waiting/');
  expect((await app.call({ method: 'POST', url: wrongDoor, body: {} })).status).toBe(409);
  expect((await submit(url, form({ 'field-0': 'Ada' }))).statusCode).toBe(200);
  const { runData } = await lastExecution(body.id);
  expect(runData.Wait[0].outputs[0][0].json).toMatchObject({ Name: 'Ada', formMode: 'test' });
});
