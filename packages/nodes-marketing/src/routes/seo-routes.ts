import { defineRoute, type Tables, type Where } from '@millrace/workflow/node-api';
import { clusters, keywords, type KeywordRow } from '../tables/keywords.ts';
import { listSchema, rowSchema } from './row-schema.ts';

const SORTS = ['score', 'text', 'position', 'volume', 'difficulty'] as const;

const LIST_QUERY = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 500 },
    offset: { type: 'integer', minimum: 0 },
    search: { type: 'string', maxLength: 200 },
    sort: { type: 'string', enum: SORTS },
    direction: { type: 'string', enum: ['asc', 'desc'] },
  },
} as const;

const ROW = rowSchema(keywords);
const LIST = listSchema({
  ...ROW,
  properties: {
    ...ROW.properties,
    cluster: {
      anyOf: [{ type: 'string' }, { type: 'null' }],
      description: 'The keyword with the most volume in its cluster',
    },
  },
});

interface ListQuery {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly search?: string | undefined;
  readonly sort?: (typeof SORTS)[number] | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
}

/** Keywords by what a better position is worth, the best first. */
export const listOpportunities = defineRoute({
  method: 'GET',
  url: '/workflows/seo/opportunities',
  access: 'marketing:read',
  summary: 'Keywords by the worth of a better position',
  query: LIST_QUERY,
  response: LIST,
  handler: ({ query, tables }) => listKeywords(tables, { score: { gt: 0 } }, query),
});

/** Keywords that are easy, searched and within reach. */
export const listQuickWins = defineRoute({
  method: 'GET',
  url: '/workflows/seo/quick-wins',
  access: 'marketing:read',
  summary: 'Keywords with known low difficulty, enough volume and a rank within reach',
  query: LIST_QUERY,
  response: LIST,
  handler: ({ query, tables }) => listKeywords(tables, { isQuickWin: true }, query),
});

type KeywordWhere = Where<typeof keywords>;
type Sort = (typeof SORTS)[number];

const KNOWN: Readonly<Record<Sort, KeywordWhere>> = {
  score: { score: { isNull: false } },
  text: {},
  position: { position: { isNull: false } },
  volume: { volume: { isNull: false } },
  difficulty: { difficulty: { isNull: false } },
};
const UNKNOWN: Readonly<Record<Exclude<Sort, 'text'>, KeywordWhere>> = {
  score: { score: null },
  position: { position: null },
  volume: { volume: null },
  difficulty: { difficulty: null },
};

/** A page of keywords with the names of their clusters. What is not known comes last either way. */
async function listKeywords(tables: Tables, kind: KeywordWhere, query: ListQuery) {
  const { limit = 100, offset = 0, search, sort = 'score', direction = 'desc' } = query;
  const store = tables.open(keywords);
  const only = (more: KeywordWhere): KeywordWhere => ({
    and: [kind, more],
    ...(search && { text: { contains: search } }),
  });
  const [total, known] = await Promise.all([store.count(only({})), store.count(only(KNOWN[sort]))]);
  const rows = await store.find({
    where: only(KNOWN[sort]),
    orderBy: { [sort]: direction, id: 'asc' },
    limit,
    offset,
  });
  if (sort !== 'text' && rows.length < limit && known < total) {
    const rest = await store.find({
      where: only(UNKNOWN[sort]),
      orderBy: { id: 'asc' },
      limit: limit - rows.length,
      offset: Math.max(0, offset - known),
    });
    rows.push(...rest);
  }
  return { data: await withClusters(tables, rows), total };
}

async function withClusters(tables: Tables, rows: readonly KeywordRow[]) {
  const ids = [...new Set(rows.flatMap(({ clusterId }) => clusterId ?? []))];
  const named =
    ids.length === 0
      ? []
      : await tables.open(clusters).find({ where: { id: { in: ids } }, columns: ['id', 'name'] });
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, cluster: names.get(row.clusterId ?? '') ?? null }));
}
