import {
  c,
  defineJob,
  defineTable,
  type NodePackage,
  type TableDeclaration,
} from '@millrace/workflow/node-api';
import { expect, test } from 'vitest';
import { checkPackages } from './check-packages.ts';

const good = defineTable({ name: 'shop_a', columns: { id: c.id() }, primaryKey: ['id'] });
const shop = (more: Partial<NodePackage>): NodePackage => ({
  name: 'p',
  namespace: 'shop',
  nodes: [],
  ...more,
});
const withTable = (more: Partial<TableDeclaration>) => shop({ tables: [{ ...good, ...more }] });
const withColumn = (name: string) => withTable({ columns: { id: c.id(), [name]: c.text() } });
const check = (...packages: NodePackage[]) =>
  checkPackages(packages, { reserved: new Set(['shop_taken']) });

test('packages that keep to their namespace pass, and those that bring nodes only', () => {
  const other = shop({
    name: 'q',
    namespace: 'other',
    jobs: [defineJob({ name: 'other.run', run: async () => {} })],
  });
  const nodesOnly: NodePackage = { name: 'n', nodes: [] };
  expect(() => check(shop({ tables: [good] }), other, nodesOnly)).not.toThrow();
});

test.each([
  ['no namespace', [{ name: 'p', nodes: [], tables: [good] }], 'it has no namespace'],
  ['a bad namespace', [shop({ namespace: 'My-Shop' })], '"My-Shop" is no namespace'],
  ['a namespace twice', [shop({}), shop({ name: 'q' })], '"shop" is the namespace of "p"'],
  ['a foreign table', [withTable({ name: 'user_a' })], '"user_a" is no name for a table'],
  ['SQL in a name', [withTable({ name: 'shop_a"; --' })], 'is no name for a table'],
  ['a table of the platform', [withTable({ name: 'shop_taken' })], "is one of the platform's"],
  [
    'a foreign job',
    [shop({ jobs: [defineJob({ name: 'other.run', run: async () => {} })] })],
    '"other.run" is no name for a job',
  ],
  ['its project', [withColumn('projectId')], 'cannot have a column "projectId"'],
  ['a word of conditions', [withColumn('or')], 'cannot have a column "or"'],
  ['SQL in a column', [withColumn('a"')], 'cannot have a column'],
  ['a key without column', [withTable({ primaryKey: ['nope'] })], 'names "nope"'],
  [
    'a key that may be null',
    [withTable({ columns: { id: c.nullable(c.text()) } })],
    '"id" of table "shop_a" may be null',
  ],
  [
    'a reference to nothing',
    [withTable({ columns: { id: c.references(c.text(), { table: 'shop_b' }) } })],
    'refers to "shop_b.id"',
  ],
])('refuses %s', (_name, packages, message) => {
  expect(() => check(...packages)).toThrow(message);
});
