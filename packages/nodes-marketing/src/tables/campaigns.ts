import { c, defineTable, type Row } from '@millrace/workflow/node-api';

export const campaigns = defineTable({
  name: 'marketing_campaigns',
  columns: {
    id: c.id(),
    name: c.text(),
    objective: c.text(),
    industry: c.withDefault(c.text(), ''),
    channels: c.json<readonly string[]>(),
    budget: c.real(),
    currency: c.withDefault(c.text(), 'USD'),
    /** Predicted when it was designed. */
    predictedRoi: c.nullable(c.real()),
    predictedLow: c.nullable(c.real()),
    predictedHigh: c.nullable(c.real()),
    kpis: c.nullable(c.json<Readonly<Record<string, number>>>()),
    status: c.withDefault(c.oneOf(['designed', 'running', 'paused', 'finished']), 'designed'),
    startsAt: c.nullable(c.timestamp()),
    endsAt: c.nullable(c.timestamp()),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  indexes: [['status']],
});
export type CampaignRow = Row<typeof campaigns>;

/** What a campaign spent and brought on one channel on one day. */
export const campaignDays = defineTable({
  name: 'marketing_campaign_days',
  columns: {
    campaignId: c.references(c.text(), { table: 'marketing_campaigns', onDelete: 'cascade' }),
    channel: c.text(),
    day: c.text(),
    spend: c.real(),
    impressions: c.withDefault(c.integer(), 0),
    clicks: c.withDefault(c.integer(), 0),
    conversions: c.withDefault(c.real(), 0),
    revenue: c.withDefault(c.real(), 0),
  },
  primaryKey: ['campaignId', 'channel', 'day'],
  indexes: [['day']],
});

/** How past campaigns went: what the next ones are designed from. */
export const campaignMemories = defineTable({
  name: 'marketing_campaign_memories',
  columns: {
    id: c.id(),
    name: c.text(),
    objective: c.text(),
    industry: c.text(),
    /** Sorted, joined by `+`. */
    channels: c.text(),
    budget: c.real(),
    budgetBand: c.oneOf(['small', 'medium', 'large']),
    month: c.integer(),
    audience: c.nullable(c.text()),
    tone: c.nullable(c.text()),
    roi: c.real(),
    source: c.withDefault(c.text(), 'import'),
    endedAt: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  unique: [['name', 'source']],
  indexes: [['objective', 'industry']],
});
export type CampaignMemoryRow = Row<typeof campaignMemories>;
