import { c, defineTable, type Row } from '@millrace/workflow/node-api';

/** Groups of keywords one page can serve. */
export const clusters = defineTable({
  name: 'marketing_clusters',
  columns: {
    id: c.id(),
    /** The keyword with the most volume in it. */
    name: c.text(),
    size: c.integer(),
    volume: c.integer(),
    score: c.real(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  indexes: [['score']],
});

/** Search terms: what is known of them, and what was made of that. */
export const keywords = defineTable({
  name: 'marketing_keywords',
  columns: {
    id: c.id(),
    text: c.text(),
    /** Lower case, inner space single: what makes two keywords the same. */
    textNormal: c.text(),
    market: c.withDefault(c.text(), ''),
    device: c.withDefault(c.oneOf(['desktop', 'mobile', 'any']), 'any'),
    intents: c.withDefault(c.text(), ''),
    /** Searches a month. Null: not known. */
    volume: c.nullable(c.integer()),
    /** `bucket` volumes are the Keyword Planner's powers of ten. */
    volumeKind: c.withDefault(c.oneOf(['exact', 'bucket', 'impressions']), 'exact'),
    source: c.withDefault(c.text(), 'manual'),
    /** 0–100. Null: not known, which is never easy. */
    difficulty: c.nullable(c.real()),
    cpc: c.nullable(c.real()),
    serpFeatures: c.nullable(c.text()),
    /** Last known position and what it brought in the last window. */
    position: c.nullable(c.real()),
    clicks: c.nullable(c.integer()),
    impressions: c.nullable(c.integer()),
    url: c.nullable(c.text()),
    clusterId: c.nullable(c.text()),
    targetPosition: c.nullable(c.real()),
    expectedValue: c.nullable(c.real()),
    probability: c.nullable(c.real()),
    score: c.nullable(c.real()),
    isQuickWin: c.withDefault(c.boolean(), false),
    status: c.withDefault(c.oneOf(['new', 'planned', 'inProgress', 'done', 'ignored']), 'new'),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['textNormal', 'market', 'device']],
  indexes: [['score'], ['isQuickWin', 'score'], ['clusterId'], ['status']],
});
export type KeywordRow = Row<typeof keywords>;

/** One look at a keyword's rank a day and source. A failed look is not a rank. */
export const rankings = defineTable({
  name: 'marketing_rankings',
  columns: {
    keywordId: c.references(c.text(), { table: 'marketing_keywords', onDelete: 'cascade' }),
    /** `2026-11-21` */
    day: c.text(),
    source: c.text(),
    state: c.oneOf(['found', 'notFound', 'failed']),
    position: c.nullable(c.real()),
    url: c.nullable(c.text()),
    clicks: c.nullable(c.integer()),
    impressions: c.nullable(c.integer()),
  },
  primaryKey: ['keywordId', 'day', 'source'],
  indexes: [['day']],
});

/** Pages of the own site. */
export const pages = defineTable({
  name: 'marketing_pages',
  columns: {
    id: c.id(),
    url: c.text(),
    title: c.nullable(c.text()),
    description: c.nullable(c.text()),
    words: c.nullable(c.integer()),
    hasErrors: c.withDefault(c.boolean(), false),
    pageRank: c.nullable(c.real()),
    keywordId: c.nullable(c.text()),
    crawledAt: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  unique: [['url']],
});
