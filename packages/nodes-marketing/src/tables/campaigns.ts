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
    /** The kind of campaign it is, from general to particular; see campaign-memory. */
    kind: c.nullable(c.json<readonly string[]>()),
    /** Memories it was designed from. */
    evidence: c.nullable(c.json<readonly string[]>()),
    /** Money a day on each channel. */
    dailyBudgets: c.nullable(c.json<Readonly<Record<string, number>>>()),
    /** Day of the last move: budgets move once a day. */
    budgetsMovedOn: c.nullable(c.text()),
    status: c.withDefault(
      c.oneOf(['designed', 'running', 'paused', 'finished', 'dropped']),
      'designed',
    ),
    statusReason: c.nullable(c.text()),
    /** A person's or a setting's yes; nothing is started without. */
    approvedAt: c.nullable(c.timestamp()),
    approvedBy: c.nullable(c.text()),
    startsAt: c.nullable(c.timestamp()),
    endsAt: c.nullable(c.timestamp()),
    /** Sums over its days, and what they say of its return; written when the days are read. */
    spend: c.nullable(c.real()),
    revenue: c.nullable(c.real()),
    roi: c.nullable(c.real()),
    roiLow: c.nullable(c.real()),
    roiHigh: c.nullable(c.real()),
    alerts: c.nullable(c.json<readonly string[]>()),
    measuredAt: c.nullable(c.timestamp()),
    /** When it became a memory. */
    learnedAt: c.nullable(c.timestamp()),
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
