import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const MEMBER = { email: 'member@example.com', password: 'correct horse battery' };
let app: TestApp;
let owner: Record<string, string>;
let member: Record<string, string>;

beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
  await send('POST', '/users', { ...MEMBER, name: 'M', role: 'member' });
  member = await app.signIn(MEMBER);
});
afterAll(() => app.end());

const send = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers = owner,
) => app.call({ method, url: `/api/v1${url}`, headers, ...(body !== undefined && { body }) });

const newTag = async (name: string) => (await send('POST', '/tags', { name })).body;
const newWorkflow = async (name: string) =>
  (await send('POST', '/workflows', { name, nodes: [], connections: {} })).body;

test('tags are made, renamed, listed by name and removed', async () => {
  const b = await newTag(' beta ');
  await newTag('alpha');
  expect(b.name).toBe('beta');
  const names = async () =>
    (await send('GET', '/tags')).body.data.map(({ name }: { name: string }) => name);
  expect(await names()).toEqual(['alpha', 'beta']);
  expect((await send('PATCH', `/tags/${b.id}`, { name: 'aa' })).body.name).toBe('aa');
  expect((await send('DELETE', `/tags/${b.id}`)).status).toBe(204);
  expect(await names()).toEqual(['alpha']);
  expect((await send('DELETE', `/tags/${b.id}`)).status).toBe(404);
});

test('pages follow each other without repeats', async () => {
  for (const name of ['p1', 'p2', 'p3']) await newTag(name);
  const first = (await send('GET', '/tags?limit=2')).body;
  const rest = (await send('GET', `/tags?limit=200&cursor=${first.nextCursor}`)).body;
  const all = [...first.data, ...rest.data].map(({ id }: { id: string }) => id);
  expect(new Set(all).size).toBe(all.length);
  expect(rest.nextCursor).toBeNull();
});

test('a name that is taken or empty is refused', async () => {
  await newTag('taken');
  const other = await newTag('other');
  expect((await send('POST', '/tags', { name: 'taken' })).body.code).toBe('RESOURCE_CONFLICT');
  expect((await send('PATCH', `/tags/${other.id}`, { name: 'taken' })).status).toBe(409);
  expect((await send('PATCH', `/tags/${other.id}`, { name: 'other' })).status).toBe(200);
  expect((await send('POST', '/tags', { name: '  ' })).status).toBe(400);
});

test('workflows are tagged, shown with their tags and found by one', async () => {
  const [red, blue] = [await newTag('red'), await newTag('blue')];
  const [one, two] = [await newWorkflow('one'), await newWorkflow('two')];
  const put = await send('PUT', `/workflows/${one.id}/tags`, { tagIds: [red.id, blue.id] });
  expect(put.body.data.map(({ name }: { name: string }) => name)).toEqual(['blue', 'red']);
  await send('PUT', `/workflows/${two.id}/tags`, { tagIds: [red.id] });

  const found = async (tag: string) =>
    (await send('GET', `/workflows?tag=${tag}`)).body.data.map(
      ({ name }: { name: string }) => name,
    );
  expect(await found('blue')).toEqual(['one']);
  expect(await found(red.id)).toEqual(['two', 'one']);
  expect(await found('none')).toEqual([]);
  const second = await send('GET', `/workflows?tag=red&limit=1&cursor=${two.id}`);
  expect(second.body.data).toMatchObject([
    { name: 'one', tags: [{ name: 'blue' }, { name: 'red' }] },
  ]);

  await send('PUT', `/workflows/${one.id}/tags`, { tagIds: [] });
  expect(await found('blue')).toEqual([]);
  await send('DELETE', `/tags/${red.id}`);
  expect((await send('GET', `/workflows/${two.id}/tags`)).body.data).toEqual([]);
});

test('an unknown tag changes nothing', async () => {
  const tag = await newTag('kept');
  const { id } = await newWorkflow('w');
  await send('PUT', `/workflows/${id}/tags`, { tagIds: [tag.id] });
  const wrong = await send('PUT', `/workflows/${id}/tags`, { tagIds: ['nope'] });
  expect(wrong).toMatchObject({ status: 400, body: { code: 'RESOURCE_INVALID' } });
  expect((await send('GET', `/workflows/${id}/tags`)).body.data).toHaveLength(1);
});

test('a member tags own workflows only, and counts only what they see', async () => {
  const tag = await newTag('shared');
  const { id } = await newWorkflow('of the owner');
  await send('PUT', `/workflows/${id}/tags`, { tagIds: [tag.id] });
  const url = `/workflows/${id}/tags`;
  expect((await send('PUT', url, { tagIds: [] }, member)).status).toBe(404);
  expect((await send('GET', url, undefined, member)).status).toBe(404);
  const count = async (headers: Record<string, string>) =>
    (await send('GET', '/tags', undefined, headers)).body.data.find(
      (each: { id: string }) => each.id === tag.id,
    ).workflowCount;
  expect([await count(owner), await count(member)]).toEqual([1, 0]);
});
