import { randomBytes } from 'node:crypto';
import { nodesBase } from '@millrace/nodes-base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CredentialEntity,
  newId,
  OAuth2FlowEntity,
  ProjectEntity,
  type Database,
} from '../../db/index.ts';
import { createCredentialTypes, createEgress } from '../../egress/index.ts';
import { createCredentialLimits, systemClock } from '../../runtime/index.ts';
import { openTestDatabases } from '../../runtime/testing/test-databases.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';
import {
  createCredentialSecrets,
  createVault,
  createWorkflowSecrets,
} from '../credentials/index.ts';
import { createTokenService } from './index.ts';
import { openFakeProvider } from './testing/fake-provider.ts';

let provider: Awaited<ReturnType<typeof openFakeProvider>>;
beforeAll(async () => {
  provider = await openFakeProvider();
});
beforeEach(() => {
  Object.assign(provider.state, { calls: 0, isDown: false, lifeSeconds: 3600 });
});
afterAll(() => provider.close());

const settings = (grantType: string) => ({
  grantType,
  authUrl: 'https://login.test/authorize?prompt=consent',
  accessTokenUrl: `${provider.base}/token`,
  clientId: 'client',
  clientSecret: 'secret',
  scope: 'read write',
});
const key = randomBytes(32);
const egress = createEgress({
  allow: ['127.0.0.1'],
  limits: { timeoutMs: 5_000, maxResponseBytes: 100_000, maxRedirects: 1 },
});
const types = createCredentialTypes(nodesBase.credentials);
const databases = openTestDatabases();
afterAll(async () => {
  await databases.closeAll();
  await egress.close();
});

const quiet = () => undefined;
const QUIET = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** What one process has: its own services over the shared database. */
function openProcess(db: Database) {
  const secrets = createCredentialSecrets({ db, vault: createVault(key) });
  const tokens = createTokenService({ db, secrets, types, http: egress, clock: systemClock });
  const limits = createCredentialLimits(db, { clock: systemClock, logger: QUIET });
  const { send } = createWorkflowSecrets({ secrets, types, tokens, limits, egress });
  return {
    secrets,
    call: async (id: string) =>
      send(await secrets.byId(id), { method: 'GET', url: `${provider.base}/api` }),
  };
}

async function storeCredential(db: Database, data: object): Promise<string> {
  const [id, projectId] = [newId(), newId()];
  const row = { id, projectId, name: 'Service', type: 'oAuth2Api', hosts: '[]' };
  const sealed = createVault(key).seal(id, Object.fromEntries(Object.entries(data)));
  const times = { createdAt: 1, updatedAt: 1 };
  await db.transaction(async (manager) => {
    await manager.insert(ProjectEntity, { id: projectId, name: 'P', kind: 'team', createdAt: 1 });
    await manager.insert(CredentialEntity, { ...row, ...sealed, ...times, filledFields: '[]' });
  });
  return id;
}

/** A credential whose access token the service has ended; its refresh token is good, once. */
async function storeUsedUp(db: Database): Promise<string> {
  const granted = await egress.request({
    method: 'POST',
    url: `${provider.base}/token`,
    headers: { authorization: `Basic ${Buffer.from('client:secret').toString('base64')}` },
    body: 'grant_type=client_credentials',
  });
  const oauthTokenData: unknown = JSON.parse(Buffer.from(granted.body).toString());
  provider.endAccess();
  provider.state.calls = 0;
  return storeCredential(db, { ...settings('authorizationCode'), oauthTokenData });
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('twenty runs in two processes renew a used-up token once, and none is logged out', async () => {
    const db = await databases.open(kind);
    const id = await storeUsedUp(db);
    const processes = [openProcess(db), openProcess(db)];
    const answers = await Promise.all(
      processes.flatMap(({ call }) => Array.from({ length: 10 }, () => call(id))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(provider.state.calls).toBe(1);
    provider.endAccess();
    expect((await openProcess(db).call(id)).status).toBe(200);
    expect(provider.state.calls).toBe(2);
  });

  test('what a person changes and what is renewed meanwhile are both kept', async () => {
    const db = await databases.open(kind);
    const id = await storeUsedUp(db);
    const { secrets, call } = openProcess(db);
    await Promise.all([call(id), secrets.change(id, (data) => ({ ...data, scope: 'new' }))]);
    expect((await secrets.byId(id)).data).toMatchObject({
      scope: 'new',
      oauthTokenData: { access_token: expect.stringMatching(/^access-/) },
    });
  });
});

test('a grant the service ended asks for connecting again, and is not tried a second time', async () => {
  const db = await databases.open('sqlite');
  const id = await storeUsedUp(db);
  provider.endGrants();
  const { call } = openProcess(db);
  const expired = {
    code: 'CRED_EXPIRED',
    message: expect.stringContaining('"Service"'),
    fix: expect.stringContaining('connect it again'),
  };
  await expect(call(id)).rejects.toMatchObject(expired);
  await expect(call(id)).rejects.toMatchObject(expired);
  expect(provider.state.calls).toBe(1);
});

test('a service that is down for a moment costs no grant', async () => {
  const db = await databases.open('sqlite');
  const id = await storeUsedUp(db);
  const { call } = openProcess(db);
  provider.state.isDown = true;
  await expect(call(id)).rejects.toMatchObject({ code: 'NODE_SERVICE_FAILED' });
  provider.state.isDown = false;
  expect((await call(id)).status).toBe(200);
});

test('client credentials fetch a token when they are first used, and one that is about to end before', async () => {
  const db = await databases.open('sqlite');
  const id = await storeCredential(db, settings('clientCredentials'));
  const { call } = openProcess(db);
  provider.state.lifeSeconds = 30;
  expect((await call(id)).status).toBe(200);
  expect((await call(id)).status).toBe(200);
  expect(provider.state.calls).toBe(2);
});

describe('connecting', () => {
  let app: TestApp;
  let owner: { cookie: string };
  beforeAll(async () => {
    const env = { MILLRACE_EGRESS_ALLOW: '127.0.0.1', MILLRACE_PUBLIC_URL: 'https://mill.test' };
    app = await openTestApp({ packages: [nodesBase], env });
    owner = await app.signIn(OWNER);
  });
  afterAll(() => app.end());

  async function begin(grantType: string) {
    const input = { name: 'S', type: 'oAuth2Api', data: settings(grantType) };
    const credentials = '/api/v1/credentials';
    const made = await app.call({ method: 'POST', url: credentials, body: input, headers: owner });
    const url = `${credentials}/${made.body.id}`;
    const connect = { method: 'POST', url: `${url}/oauth2/connect`, headers: owner } as const;
    return { id: String(made.body.id), url, answer: await app.call(connect) };
  }
  const comeBack = (query: Record<string, string>) =>
    app.call({ url: `/api/v1/oauth2/callback?${new URLSearchParams(query)}` });

  test.each(['authorizationCode', 'pkce'])('by %s: there, back, and ready', async (grantType) => {
    const { url, answer } = await begin(grantType);
    const page = new URL(answer.body.url);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      prompt: 'consent',
      response_type: 'code',
      client_id: 'client',
      scope: 'read write',
      redirect_uri: 'https://mill.test/api/v1/oauth2/callback',
    });
    const back = await comeBack(provider.agree(page.href));
    expect(back).toMatchObject({ status: 200, body: expect.stringContaining('Connected') });
    const { body } = await app.call({ url, headers: owner });
    expect(body.filledFields).toContain('oauthTokenData');
    expect(JSON.stringify(body)).not.toContain('access-');
  });

  test('a state counts once, and only as we made it', async () => {
    const { answer } = await begin('pkce');
    const agreed = provider.agree(answer.body.url);
    const forged = { ...agreed, state: `${agreed.state.split('.')[0]}.${'a'.repeat(43)}` };
    expect((await comeBack(forged)).status).toBe(400);
    expect((await comeBack(agreed)).status).toBe(200);
    expect(await comeBack(agreed)).toMatchObject({
      status: 400,
      body: expect.stringContaining('finished already'),
    });
  });

  test('a person who says no is told so, and what a service writes is only text', async () => {
    const { answer } = await begin('pkce');
    const { state } = provider.agree(answer.body.url);
    const back = await comeBack({ state, error: '<script>denied</script>' });
    expect(back.status).toBe(400);
    expect(back.body).not.toContain('<script>');
  });

  test('a consent page left open too long leads nowhere', async () => {
    const { answer } = await begin('pkce');
    await app.services.db.transaction((manager) =>
      manager.updateAll(OAuth2FlowEntity, { expiresAt: 1 }),
    );
    expect((await comeBack(provider.agree(answer.body.url))).status).toBe(400);
  });

  test('disconnecting forgets the tokens and nothing else', async () => {
    const { url, answer } = await begin('pkce');
    await comeBack(provider.agree(answer.body.url));
    await app.call({ method: 'POST', url: `${url}/oauth2/disconnect`, headers: owner });
    const { body } = await app.call({ url, headers: owner });
    expect(body.filledFields).toContain('clientSecret');
    expect(body.filledFields).not.toContain('oauthTokenData');
  });
});
