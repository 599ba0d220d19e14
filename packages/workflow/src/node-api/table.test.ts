import { expect, expectTypeOf, test } from 'vitest';
import {
  c,
  defineRoute,
  defineTable,
  type NewRow,
  type RouteContext,
  type Row,
  type TableStore,
  type Where,
} from './index.ts';

const keywords = defineTable({
  name: 'shop_keywords',
  columns: {
    id: c.id(),
    text: c.text(),
    intent: c.oneOf(['buy', 'learn']),
    volume: c.nullable(c.integer()),
    score: c.withDefault(c.real(), 0),
    parts: c.json<{ kd: number }>(),
    clusterId: c.nullable(c.references(c.text(), { table: 'shop_clusters' })),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['text']],
});

test('rows are read with the types of their columns', () => {
  expectTypeOf<Row<typeof keywords>>().toEqualTypeOf<{
    id: string;
    text: string;
    intent: 'buy' | 'learn';
    volume: number | null;
    score: number;
    parts: { kd: number };
    clusterId: string | null;
    updatedAt: number;
  }>();
  expect(keywords.columns.clusterId).toMatchObject({
    isNullable: true,
    references: { table: 'shop_clusters' },
  });
});

test('what is null, generated or has a default may be left out of a new row', () => {
  const row: NewRow<typeof keywords> = { text: 'a', intent: 'buy', parts: { kd: 1 } };
  expectTypeOf(row.text).toEqualTypeOf<string>();
  // @ts-expect-error `parts` has to be there
  const wrong: NewRow<typeof keywords> = { text: 'a', intent: 'buy' };
  expect(wrong).not.toHaveProperty('parts');
});

test('conditions fit the column, and JSON is only there or not', () => {
  type Condition = Where<typeof keywords>;
  const where: Condition = { volume: { gte: 10 }, clusterId: null, or: [{ text: 'a' }] };
  // @ts-expect-error JSON cannot be searched
  const json: Condition = { parts: { kd: 1 } };
  // @ts-expect-error not one of the choices
  const choice: Condition = { intent: 'sell' };
  expect([where, json, choice]).toHaveLength(3);
});

test('a query for some columns gives those', () => {
  type Found = ReturnType<TableStore<typeof keywords>['find']>;
  expectTypeOf<Awaited<Found>[number]['volume']>().toEqualTypeOf<number | null>();
});

test('keys can only name columns there are', () => {
  const table = defineTable({
    name: 'shop_x',
    columns: { id: c.id() },
    // @ts-expect-error there is no column "ix"
    primaryKey: ['ix'],
  });
  expect(table.name).toBe('shop_x');
});

test('a handler is given what its schemas say', () => {
  const route = defineRoute({
    method: 'GET',
    url: '/keywords',
    access: 'shop:read',
    summary: 'Keywords',
    query: {
      type: 'object',
      properties: { limit: { type: 'integer' }, kind: { enum: ['buy', 'learn'] } },
      required: ['kind'],
    },
    handler: (context) => {
      expectTypeOf(context).toExtend<RouteContext>();
      expectTypeOf(context.query.kind).toEqualTypeOf<'buy' | 'learn'>();
      expectTypeOf(context.query.limit).toEqualTypeOf<number | undefined>();
      return [];
    },
  });
  expect(route.url).toBe('/keywords');
});
