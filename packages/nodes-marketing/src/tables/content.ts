import { c, defineTable, type Row } from '@millrace/workflow/node-api';

export const CONTENT_KINDS = [
  'idea',
  'brief',
  'article',
  'social',
  'email',
  'ad',
  'script',
] as const;

/** Ideas, briefs and finished pieces. */
export const content = defineTable({
  name: 'marketing_content',
  columns: {
    id: c.id(),
    kind: c.oneOf(CONTENT_KINDS),
    title: c.text(),
    body: c.withDefault(c.text(), ''),
    brief: c.nullable(c.json()),
    keywordId: c.nullable(c.text()),
    trendId: c.nullable(c.text()),
    parentId: c.nullable(c.text()),
    /** Plan of a programme it was made for. */
    planId: c.nullable(c.text()),
    /** Why it comes first, and what it was judged. */
    priority: c.nullable(c.real()),
    scores: c.nullable(c.json<Readonly<Record<string, number>>>()),
    /** SimHash of the text, 16 hexadecimal digits. */
    fingerprint: c.nullable(c.text()),
    madeBy: c.withDefault(c.oneOf(['template', 'model', 'person']), 'template'),
    status: c.withDefault(
      c.oneOf(['draft', 'review', 'approved', 'scheduled', 'published', 'rejected']),
      'draft',
    ),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  indexes: [['kind', 'status'], ['trendId'], ['keywordId'], ['planId']],
});
export type ContentRow = Row<typeof content>;

/** Where content is published, and the rules of its calendar. Times are those of the clock in `zone`. */
export const channels = defineTable({
  name: 'marketing_channels',
  columns: {
    name: c.text(),
    /** What it takes: whole articles, or posts that lead to them. */
    kind: c.withDefault(c.oneOf(['article', 'social']), 'social'),
    zone: c.withDefault(c.text(), 'UTC'),
    /** `09:00`, the best first. */
    times: c.json<readonly string[]>(),
    minGapMinutes: c.withDefault(c.integer(), 240),
    perDay: c.withDefault(c.integer(), 1),
    /** Days without posts: `2026-12-24`, or weekdays, `Sunday`. */
    blackout: c.nullable(c.json<readonly string[]>()),
    isOn: c.withDefault(c.boolean(), true),
  },
  primaryKey: ['name'],
});
export type ChannelRow = Row<typeof channels>;

/** What is to be published where and when. */
export const schedule = defineTable({
  name: 'marketing_schedule',
  columns: {
    id: c.id(),
    contentId: c.references(c.text(), { table: 'marketing_content', onDelete: 'cascade' }),
    channel: c.text(),
    plannedAt: c.timestamp(),
    /** The wall clock it was planned on: `2026-11-21T09:00` in `Europe/Berlin`. */
    localTime: c.text(),
    zone: c.text(),
    state: c.withDefault(
      c.oneOf(['planned', 'publishing', 'published', 'failed', 'canceled']),
      'planned',
    ),
  },
  primaryKey: ['id'],
  unique: [['contentId', 'channel', 'plannedAt']],
  indexes: [
    ['state', 'plannedAt'],
    ['channel', 'plannedAt'],
  ],
});
export type ScheduleRow = Row<typeof schedule>;

/**
 * One publication at an outside service. The row stands before the service is called and is moved on
 * after each answer, so a process that dies in the middle never posts twice.
 */
export const publications = defineTable({
  name: 'marketing_publications',
  columns: {
    id: c.id(),
    /** What makes two publications the same one. */
    key: c.text(),
    platform: c.text(),
    account: c.text(),
    contentId: c.nullable(c.text()),
    /** `draft` waits for a person in the app of the service. */
    mode: c.withDefault(c.oneOf(['draft', 'direct']), 'direct'),
    state: c.oneOf(['created', 'initiated', 'uploaded', 'processing', 'done', 'failed', 'unknown']),
    remoteId: c.nullable(c.text()),
    uploadUrl: c.nullable(c.text()),
    uploadedBytes: c.withDefault(c.integer(), 0),
    url: c.nullable(c.text()),
    error: c.nullable(c.text()),
    /** The run that works on it, and until when others leave it alone. */
    holder: c.nullable(c.text()),
    heldUntil: c.nullable(c.timestamp()),
    /** Grows with each holder: what an older one still writes is refused. */
    fence: c.withDefault(c.integer(), 0),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['key']],
  indexes: [['platform', 'account', 'createdAt'], ['state']],
});

/** What a publication had reached at an age. */
export const postMetrics = defineTable({
  name: 'marketing_post_metrics',
  columns: {
    publicationId: c.references(c.text(), { table: 'marketing_publications', onDelete: 'cascade' }),
    at: c.timestamp(),
    views: c.nullable(c.integer()),
    likes: c.nullable(c.integer()),
    comments: c.nullable(c.integer()),
    shares: c.nullable(c.integer()),
    saves: c.nullable(c.integer()),
  },
  primaryKey: ['publicationId', 'at'],
});
