import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const MEMBER = { email: 'member@example.com', password: 'correct horse battery' };
let app: TestApp;
let owner: Record<string, string>;
let member: Record<string, string>;
let table: { id: string; projectId: string };
let count = 0;

beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
  await send('POST', '/users', { ...MEMBER, name: 'M', role: 'member' });
  member = await app.signIn(MEMBER);
});
afterAll(() => app.end());
beforeEach(async () => {
  count++;
  const made = await send('POST', '/data-tables', {
    name: `people ${count}`,
    columns: [
      { name: 'name', type: 'string' },
      { name: 'age', type: 'number' },
      { name: 'isMember', type: 'boolean' },
      { name: 'born', type: 'date' },
    ],
  });
  table = made.body;
});

const send = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers = owner,
) => app.call({ method, url: `/api/v1${url}`, headers, ...(body !== undefined && { body }) });

const add = (...data: object[]) => send('POST', `/data-tables/${table.id}/rows`, { data });
const rows = async (query = '') =>
  (await send('GET', `/data-tables/${table.id}/rows${query}`)).body;
const names = async (query = '') =>
  (await rows(query)).data.map(({ name }: { name: string }) => name);
const where = (column: string, condition: string, value?: unknown) => ({
  match: 'all',
  conditions: [{ column, condition, value }],
});
const asQuery = (filter: object) => `?filter=${encodeURIComponent(JSON.stringify(filter))}`;

test('rows are numbered from 1 and come back with the types of their columns', async () => {
  const made = await add({ name: 'Ada', age: '36', isMember: 'true', born: '1815-12-10' }, {});
  expect(made.status).toBe(201);
  const at = expect.stringMatching(/^\d{4}-.*Z$/);
  const ada = {
    id: 1,
    name: 'Ada',
    age: 36,
    isMember: true,
    born: '1815-12-10T00:00:00.000Z',
    createdAt: at,
    updatedAt: at,
  };
  const empty = { ...ada, id: 2, name: null, age: null, isMember: null, born: null };
  expect(made.body.data).toEqual([ada, empty]);
  expect(await rows()).toEqual({ data: [ada, empty], total: 2 });
});

test.each([
  [{ age: 'old' }, 'Column "age" holds values of type number, not "old"'],
  [{ isMember: 'perhaps' }, 'Column "isMember"'],
  [{ born: 'yesterday' }, 'Column "born"'],
  [{ nope: 1 }, 'There is no column "nope"'],
])('%o is refused, and none of its rows stays', async (row, detail) => {
  const refused = await add({ name: 'ok' }, row);
  expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } });
  expect(await names()).toEqual([]);
});

test('rows are filtered, sorted and cut', async () => {
  await add({ name: 'Ada', age: 36 }, { name: 'bob', age: 20 }, { name: '', age: 50 }, { age: 1 });
  expect(await names(asQuery(where('age', 'gte', 36)))).toEqual(['Ada', '']);
  expect(await names(asQuery(where('name', 'like', 'B%')))).toEqual(['bob']);
  expect(await names(asQuery(where('name', 'isEmpty')))).toEqual(['', null]);
  expect(await names(asQuery(where('name', 'isNotEmpty')))).toEqual(['Ada', 'bob']);
  expect(await names(asQuery(where('id', 'eq', 2)))).toEqual(['bob']);
  const either = {
    match: 'any',
    conditions: [
      { column: 'name', condition: 'eq', value: 'Ada' },
      { column: 'age', condition: 'lt', value: 21 },
    ],
  };
  expect(await names(`${asQuery(either)}&sortBy=age:desc`)).toEqual(['Ada', 'bob', null]);
  expect(await names('?sortBy=age:desc&limit=1&offset=1')).toEqual(['Ada']);
  expect((await rows('?filter=nope')).code).toBe('RESOURCE_INVALID');
  expect((await rows('?sortBy=nope')).code).toBe('RESOURCE_INVALID');
  expect((await rows('?sortBy=age:up')).code).toBe('RESOURCE_INVALID');
});

test('rows that fit are changed, added where none does, and removed', async () => {
  await add({ name: 'Ada', age: 36 }, { name: 'Bob', age: 20 });
  const url = `/data-tables/${table.id}/rows`;
  const changed = await send('PATCH', url, {
    filter: where('name', 'eq', 'Ada'),
    data: { age: 37 },
  });
  expect(changed.body.data).toMatchObject([{ id: 1, name: 'Ada', age: 37 }]);
  const upsert = (name: string, age: number) =>
    send('POST', `${url}/upsert`, { filter: where('name', 'eq', name), data: { name, age } });
  expect((await upsert('Bob', 21)).body.data).toMatchObject([{ id: 2, age: 21 }]);
  expect((await upsert('Cy', 5)).body.data).toMatchObject([{ id: 3, age: 5 }]);
  const removed = await send('POST', `${url}/delete`, { filter: where('age', 'gt', 20) });
  expect(removed.body).toEqual({ count: 2 });
  expect(await names()).toEqual(['Cy']);
  expect((await add({ name: 'Di' })).body.data[0].id).toBe(4);
});

test('columns are added, renamed without moving data, and removed', async () => {
  await add({ name: 'Ada', age: 36 });
  const url = `/data-tables/${table.id}/columns`;
  expect((await send('POST', url, { name: 'city', type: 'string' })).status).toBe(201);
  expect((await send('PATCH', `${url}/age`, { name: 'years' })).status).toBe(200);
  expect((await send('DELETE', `${url}/born`)).status).toBe(200);
  const [row] = (await rows()).data;
  expect(row).toMatchObject({ name: 'Ada', years: 36, city: null });
  expect(row).not.toHaveProperty('born');
  expect((await send('POST', url, { name: 'NAME', type: 'string' })).status).toBe(400);
  expect((await send('POST', url, { name: 'id', type: 'string' })).status).toBe(400);
  expect((await send('POST', url, { name: 'a b', type: 'string' })).status).toBe(400);
  expect((await send('DELETE', `${url}/born`)).status).toBe(404);
  expect((await send('POST', url, { name: 'born', type: 'number' })).status).toBe(201);
  expect((await rows()).data[0].born).toBeNull();
});

test('names are one per project; a table goes with its rows', async () => {
  const name = `people ${count}`;
  const again = await send('POST', '/data-tables', { name, columns: [] });
  expect(again).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
  const url = `/data-tables/${table.id}`;
  expect((await send('PATCH', url, { name: 'renamed' })).body.name).toBe('renamed');
  expect((await send('DELETE', url)).status).toBe(204);
  expect((await send('GET', url)).status).toBe(404);
  const { body } = await send('GET', '/data-tables');
  expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(table.id);
});

test('who is not in the project sees nothing of it', async () => {
  const url = `/data-tables/${table.id}`;
  for (const each of [url, `${url}/rows`, `${url}/csv`])
    expect((await send('GET', each, undefined, member)).status).toBe(404);
  expect((await send('DELETE', url, undefined, member)).status).toBe(404);
  expect((await send('GET', '/data-tables', undefined, member)).body.data).toEqual([]);
  const foreign = { name: 'x', columns: [], projectId: table.projectId };
  expect((await send('POST', '/data-tables', foreign, member)).status).toBe(404);
});

test('a project with a data table is not empty', async () => {
  const { body: project } = await send('POST', '/projects', { name: 'Team' });
  const made = { name: 't', columns: [], projectId: project.id };
  const { body } = await send('POST', '/data-tables', made);
  expect((await send('DELETE', `/projects/${project.id}`)).status).toBe(409);
  await send('DELETE', `/data-tables/${body.id}`);
  expect((await send('DELETE', `/projects/${project.id}`)).status).toBe(204);
});

test('CSV goes out and comes back', async () => {
  await add(
    { name: 'O"Hara, "x"', age: -1.5, isMember: false, born: '2020-01-02T03:04:05.678Z' },
    { name: 'zwei\nZeilen' },
  );
  const { body, headers } = await send('GET', `/data-tables/${table.id}/csv`);
  expect(headers['content-type']).toContain('text/csv');
  const before = (await rows()).data;
  const imported = await send('POST', `/data-tables/${table.id}/csv`, { csv: body });
  expect(imported.body).toEqual({ count: 2 });
  const after = (await rows('?offset=2')).data;
  const values = ({ id, createdAt, updatedAt, ...rest }: Record<string, unknown>) => {
    expect([id, createdAt, updatedAt]).not.toContain(undefined);
    return { ...rest, name: rest['name'] ?? '' };
  };
  expect(after.map(values)).toEqual(before.map(values));
});

test.each([
  ['name,nope\na,b', 'a column "nope"'],
  ['name,age\na,old', 'Column "age"'],
  ['name,age\na', 'This is no CSV'],
])('the CSV %j is refused, and none of its rows stays', async (csv, detail) => {
  const refused = await send('POST', `/data-tables/${table.id}/csv`, { csv });
  expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } });
  expect((await rows()).total).toBe(0);
});

test('inserts beside each other give every row a number of its own', async () => {
  await Promise.all(Array.from({ length: 8 }, () => add({ name: 'a' }, { name: 'b' })));
  const ids = (await rows()).data.map(({ id }: { id: number }) => id);
  expect(ids).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
});
