import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CredentialEntity } from '../../db/index.ts';
import { nodesBase } from '@millrace/nodes-base';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';
import { openFakeService } from './testing/fake-service.ts';
import { createVault } from './vault.ts';

let app: TestApp;
let service: Awaited<ReturnType<typeof openFakeService>>;
let owner: { cookie: string };
beforeAll(async () => {
  service = await openFakeService({ authorization: 'Bearer good' });
  const env = { MILLRACE_EGRESS_MAP: `api.openai.com=${service.base},other.test=${service.base}` };
  app = await openTestApp({ packages: [nodesBase], env });
  owner = await app.signIn(OWNER);
});
afterAll(async () => {
  await app.end();
  await service.close();
});

const INPUT = { name: 'Mail', type: 'smtp', data: { user: 'me', password: 'hunter2', host: '' } };

test('secrets are stored sealed and never answered', async () => {
  const made = await app.call({
    method: 'POST',
    url: '/api/v1/credentials',
    body: INPUT,
    headers: owner,
  });
  expect(made).toMatchObject({ status: 201, body: { filledFields: ['user', 'password'] } });
  const url = `/api/v1/credentials/${made.body.id}`;
  const patched = await app.call({
    method: 'PATCH',
    url,
    body: { data: { user: 'you' }, hosts: ['mail.example.com'] },
    headers: owner,
  });
  const listed = await app.call({ url: '/api/v1/credentials', headers: owner });
  expect(JSON.stringify([made.body, patched.body, listed.body])).not.toContain('hunter2');
  const rows = await app.services.db.source.getRepository(CredentialEntity).find();
  expect(JSON.stringify(rows)).not.toContain('hunter2');

  const workflow = await app.services.workflows.create(
    { userId: 'system', role: 'owner', via: 'system' },
    { name: 'w', nodes: [], connections: {} },
  );
  const ref = { id: made.body.id, name: 'Mail' };
  expect(await app.services.workflowSecrets.credential('smtp', ref, workflow.id)).toMatchObject({
    user: 'you',
    password: 'hunter2',
    allowedDomains: 'mail.example.com',
  });
});

test('a workflow of another project, or another type, gets nothing', async () => {
  const caller = { userId: 'system', role: 'owner', via: 'system' } as const;
  const team = await app.services.projects.create(caller, { name: 'Team' });
  const workflow = await app.services.workflows.create(caller, {
    name: 'w',
    nodes: [],
    connections: {},
    projectId: team.id,
  });
  const { id } = await app.services.credentials.create(caller, INPUT);
  const missing = expect.objectContaining({ code: 'CRED_MISSING' });
  const get = (type: string, workflowId: string) =>
    app.services.workflowSecrets.credential(type, { id, name: 'Mail' }, workflowId);
  await expect(get('smtp', workflow.id)).rejects.toEqual(missing);
  await expect(get('imap', workflow.id)).rejects.toEqual(missing);
});

test('a seal opens with its key and id only', () => {
  const vault = createVault(randomBytes(32));
  const secrets = { token: 'tøken', nested: { list: [1] } };
  const sealed = vault.seal('a', secrets);
  expect(vault.open('a', sealed)).toEqual(secrets);
  expect(vault.seal('a', secrets)).not.toEqual(sealed);
  const unreadable = expect.objectContaining({ code: 'CRED_UNREADABLE' });
  expect(() => vault.open('b', sealed)).toThrow(unreadable);
  expect(() => createVault(randomBytes(32)).open('a', sealed)).toThrow(unreadable);
});

const tryOut = (url: string, body?: object) =>
  app.call({
    method: 'POST',
    url: `/api/v1/credentials/${url}`,
    headers: owner,
    ...(body && { body }),
  });
const draft = (data: object, more: object = {}) =>
  tryOut('test', { type: 'llmApi', data, ...more }).then(({ body }) => body);

test('a credential is tried before and after it is saved', async () => {
  expect(await draft({ key: 'good' })).toMatchObject({ status: 'ok' });
  expect(await draft({ key: 'bad' })).toEqual({
    status: 'error',
    message: 'The service answered 401 Unauthorized',
  });
  const input = { name: 'Model', type: 'llmApi', data: { key: 'good' } };
  const made = await app.call({
    method: 'POST',
    url: '/api/v1/credentials',
    body: input,
    headers: owner,
  });
  const { id } = made.body;
  expect((await tryOut(`${id}/test`)).body).toMatchObject({ status: 'ok' });
  expect(await draft({ models: 'x' }, { id })).toMatchObject({ status: 'ok' });
  expect(await draft({ key: 'bad' }, { id })).toMatchObject({ status: 'error' });
});

test('a trial goes nowhere the credential is not bound to', async () => {
  const data = { key: 'good', baseUrl: 'https://other.test/v1' };
  expect(await draft(data)).toMatchObject({ status: 'ok' });
  expect(await draft(data, { hosts: ['api.openai.com'] })).toEqual({
    status: 'error',
    message: expect.stringContaining('is not sent to "other.test"'),
    fix: expect.stringContaining('Add "other.test"'),
  });
});

test('a kind that cannot be tried says so', async () => {
  expect(await draft({}, { type: 'httpBasicAuth' })).toMatchObject({ status: 'unknown' });
});

test('the types say what can be done with them', async () => {
  const { body } = await app.call({ url: '/api/v1/credential-types', headers: owner });
  const byName = new Map(body.data.map((type: { name: string }) => [type.name, type]));
  expect(byName.get('oAuth2Api')).toMatchObject({ isOAuth2: true, canTest: false });
  expect(byName.get('llmApi')).toMatchObject({ isOAuth2: false, canTest: true });
});

test('secrets do not follow a credential to a new host unless they are entered again', async () => {
  const create = { name: 'Model', type: 'llmApi', data: { key: 'good' } };
  const made = await app.call({
    method: 'POST',
    url: '/api/v1/credentials',
    body: create,
    headers: owner,
  });
  const { id } = made.body;
  const patch = (body: object) =>
    app.call({ method: 'PATCH', url: `/api/v1/credentials/${id}`, body, headers: owner });
  const elsewhere = { baseUrl: 'https://other.test/v1' };
  const refused = { status: 400, body: { fix: expect.stringContaining('"Key"') } };
  expect(await patch({ data: elsewhere })).toMatchObject(refused);
  expect(await patch({ hosts: ['other.test'] })).toMatchObject(refused);
  expect(await tryOut('test', { id, type: 'llmApi', data: elsewhere })).toMatchObject(refused);
  expect(await patch({ data: { models: 'a' }, hosts: ['api.openai.com'] })).toMatchObject({
    status: 200,
  });
  expect(await patch({ hosts: [], data: { ...elsewhere, key: 'other' } })).toMatchObject({
    status: 200,
  });
});
