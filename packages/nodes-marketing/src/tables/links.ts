import { c, defineTable, type Row } from '@millrace/workflow/node-api';

/** Sites, by registrable domain. */
export const domains = defineTable({
  name: 'marketing_domains',
  columns: {
    name: c.text(),
    /** On the source's own scale. */
    authority: c.nullable(c.real()),
    authoritySource: c.nullable(c.text()),
    /** Likeness to our subject, 0–1. */
    topical: c.nullable(c.real()),
    /** 0 trusted … 1 spam. */
    spam: c.nullable(c.real()),
    isCompetitor: c.withDefault(c.boolean(), false),
    isOwn: c.withDefault(c.boolean(), false),
    /** Who to write to there. */
    contactName: c.nullable(c.text()),
    contactEmail: c.nullable(c.text()),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['name'],
  indexes: [['isCompetitor']],
});
export type DomainRow = Row<typeof domains>;

/** Links to us and to competitors. */
export const backlinks = defineTable({
  name: 'marketing_backlinks',
  columns: {
    id: c.id(),
    fromUrl: c.text(),
    fromDomain: c.text(),
    toUrl: c.text(),
    toDomain: c.text(),
    anchor: c.nullable(c.text()),
    rel: c.withDefault(c.oneOf(['follow', 'nofollow', 'ugc', 'sponsored']), 'follow'),
    placement: c.withDefault(c.oneOf(['content', 'sidebar', 'footer']), 'content'),
    outlinks: c.nullable(c.integer()),
    quality: c.nullable(c.real()),
    firstSeen: c.nullable(c.timestamp()),
    lastSeen: c.nullable(c.timestamp()),
    lostAt: c.nullable(c.timestamp()),
    /** Since when the page it leads to is gone, seen at least twice a day apart. */
    brokenSince: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  unique: [['fromUrl', 'toUrl']],
  indexes: [['toDomain', 'fromDomain']],
});
export type BacklinkRow = Row<typeof backlinks>;

export const PROSPECT_KINDS = [
  'linkGap',
  'guestPost',
  'brokenLink',
  'lostLink',
  'mention',
  'journalist',
] as const;
export type ProspectKind = (typeof PROSPECT_KINDS)[number];

/** Places where a link may be won. */
export const prospects = defineTable({
  name: 'marketing_prospects',
  columns: {
    id: c.id(),
    kind: c.oneOf(PROSPECT_KINDS),
    domain: c.text(),
    url: c.nullable(c.text()),
    contactName: c.nullable(c.text()),
    /** Empty while nobody is known. */
    contactEmail: c.withDefault(c.text(), ''),
    /** Page of ours the link is to lead to. */
    targetUrl: c.nullable(c.text()),
    /** Place of the site among all known ones, and likeness of its subject to ours; 0–1. */
    authority: c.nullable(c.real()),
    topical: c.nullable(c.real()),
    /** P(reply) and P(link | reply), and what a link would be worth. */
    replyChance: c.nullable(c.real()),
    linkChance: c.nullable(c.real()),
    value: c.nullable(c.real()),
    score: c.nullable(c.real()),
    reasons: c.nullable(c.json<readonly string[]>()),
    status: c.withDefault(
      c.oneOf(['new', 'queued', 'contacted', 'replied', 'won', 'lost', 'skipped']),
      'new',
    ),
    deadline: c.nullable(c.timestamp()),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['kind', 'domain', 'contactEmail']],
  indexes: [['status', 'score']],
});
export type ProspectRow = Row<typeof prospects>;

/** Questions of journalists that want an answer in time. */
export const journalistQueries = defineTable({
  name: 'marketing_journalist_queries',
  columns: {
    id: c.id(),
    summary: c.text(),
    outlet: c.nullable(c.text()),
    journalist: c.nullable(c.text()),
    /** Where answers go, as it stood in the mail; empty where the service takes them on a page only. */
    email: c.text(),
    url: c.nullable(c.text()),
    category: c.nullable(c.text()),
    query: c.text(),
    requirements: c.nullable(c.text()),
    deadline: c.nullable(c.timestamp()),
    relevance: c.nullable(c.real()),
    status: c.withDefault(c.oneOf(['new', 'answered', 'expired', 'ignored']), 'new'),
    receivedAt: c.timestamp(),
  },
  primaryKey: ['id'],
  unique: [['email', 'summary']],
  indexes: [['status', 'deadline']],
});
export type JournalistQuery = Row<typeof journalistQueries>;
