import { c, defineTable, type Row } from '@millrace/workflow/node-api';

export const TREND_STAGES = ['emerging', 'peak', 'declining', 'seasonal', 'flat'] as const;

/** Subjects whose interest is followed. */
export const trends = defineTable({
  name: 'marketing_trends',
  columns: {
    id: c.id(),
    term: c.text(),
    source: c.text(),
    geo: c.withDefault(c.text(), ''),
    stage: c.withDefault(c.oneOf(TREND_STAGES), 'flat'),
    stageSince: c.nullable(c.timestamp()),
    /** Likeness to the business, 0–1. */
    relevance: c.nullable(c.real()),
    /** Change of ln interest a period. */
    growth: c.nullable(c.real()),
    level: c.nullable(c.real()),
    viralCoefficient: c.nullable(c.real()),
    isViral: c.withDefault(c.boolean(), false),
    hoursToPeak: c.nullable(c.real()),
    readAt: c.nullable(c.timestamp()),
    createdAt: c.createdAt(),
  },
  primaryKey: ['id'],
  unique: [['term', 'source', 'geo']],
  indexes: [['stage', 'relevance']],
});
export type TrendRow = Row<typeof trends>;

/** Interest in a trend over time. */
export const trendPoints = defineTable({
  name: 'marketing_trend_points',
  columns: {
    trendId: c.references(c.text(), { table: 'marketing_trends', onDelete: 'cascade' }),
    at: c.timestamp(),
    value: c.real(),
    shares: c.nullable(c.integer()),
  },
  primaryKey: ['trendId', 'at'],
});
