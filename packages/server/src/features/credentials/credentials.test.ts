import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CredentialEntity } from '../../db/index.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';
import { createVault } from './vault.ts';

let app: TestApp;
let owner: { cookie: string };
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
});
afterAll(() => app.end());

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
