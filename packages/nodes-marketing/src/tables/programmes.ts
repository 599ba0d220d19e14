import { c, defineTable, type Row } from '@millrace/workflow/node-api';

export const PROGRAMMES = ['seo', 'content', 'links', 'campaigns'] as const;
export type Programme = (typeof PROGRAMMES)[number];

export const PHASES = [
  'idle',
  'analysing',
  'planning',
  'executing',
  'learning',
  'completed',
  'failed',
] as const;
export type Phase = (typeof PHASES)[number];

/** Goes of a programme. The one not yet completed or failed is its state. */
export const programmeRuns = defineTable({
  name: 'marketing_programme_runs',
  columns: {
    id: c.id(),
    programme: c.oneOf(PROGRAMMES),
    phase: c.oneOf(PHASES),
    /** `1` while it is under way, null after: at most one open run a programme. */
    open: c.nullable(c.text()),
    priority: c.withDefault(c.integer(), 0),
    trigger: c.withDefault(c.text(), 'manual'),
    progress: c.withDefault(c.real(), 0),
    figures: c.nullable(c.json<Readonly<Record<string, number>>>()),
    error: c.nullable(c.text()),
    /** A person asked it to stop. It stays open and goes on when it is run again. */
    isStopped: c.withDefault(c.boolean(), false),
    startedAt: c.timestamp(),
    phaseSince: c.timestamp(),
    finishedAt: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  unique: [['programme', 'open']],
  indexes: [['programme', 'startedAt']],
});
export type ProgrammeRun = Row<typeof programmeRuns>;

/** How people want a programme to work. A programme without a row works as usual. */
export const programmeSettings = defineTable({
  name: 'marketing_programme_settings',
  columns: {
    programme: c.oneOf(PROGRAMMES),
    /** Left out when all are started together. */
    isEnabled: c.withDefault(c.boolean(), true),
    /** Higher goes first, and wins when two claim the same thing. */
    priority: c.withDefault(c.integer(), 0),
    /** Further settings, the programme's own. */
    settings: c.nullable(c.json<Readonly<Record<string, unknown>>>()),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['programme'],
});

/** What a programme decided to do, and what came of it. */
export const plans = defineTable({
  name: 'marketing_plans',
  columns: {
    id: c.id(),
    runId: c.nullable(c.text()),
    programme: c.oneOf(PROGRAMMES),
    /** What it is about: a keyword, trend, prospect or campaign id. */
    subject: c.text(),
    title: c.text(),
    kind: c.text(),
    priority: c.real(),
    steps: c.json<readonly string[]>(),
    details: c.nullable(c.json<Readonly<Record<string, unknown>>>()),
    /** Learnings that had a say in it. */
    learningIds: c.nullable(c.json<readonly string[]>()),
    status: c.withDefault(
      c.oneOf(['planned', 'executing', 'done', 'failed', 'skipped']),
      'planned',
    ),
    /** What came of it, on the programme's own scale. Null: not known yet. */
    outcome: c.nullable(c.real()),
    /** When the outcome went into the learnings; it goes in once. */
    learnedAt: c.nullable(c.timestamp()),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['programme', 'kind', 'subject']],
  indexes: [['programme', 'status', 'priority']],
});
export type PlanRow = Row<typeof plans>;

/** What a programme learned: a belief with its doubt, from evidence. */
export const learnings = defineTable({
  name: 'marketing_learnings',
  columns: {
    id: c.id(),
    programme: c.oneOf(PROGRAMMES),
    /** What it is about, e.g. `action:newPage` or `prospect:guestPost`. */
    subject: c.text(),
    metric: c.text(),
    /** Posterior mean and standard deviation. */
    mean: c.real(),
    sd: c.real(),
    count: c.integer(),
    evidence: c.nullable(c.json<readonly string[]>()),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['programme', 'subject', 'metric']],
});
export type LearningRow = Row<typeof learnings>;

/** Who may work on a page, keyword, contact or budget: one programme at a time. */
export const leases = defineTable({
  name: 'marketing_leases',
  columns: {
    /** `keyword:…`, `url:…`, `contact:…`, `slot:…`, `budget:…` */
    resource: c.text(),
    holder: c.text(),
    programme: c.oneOf(PROGRAMMES),
    priority: c.integer(),
    isExecuting: c.withDefault(c.boolean(), false),
    fence: c.integer(),
    expiresAt: c.timestamp(),
  },
  primaryKey: ['resource'],
  indexes: [['programme'], ['expiresAt']],
});

/** Every claim of the same thing by two programmes, and who got it. */
export const conflicts = defineTable({
  name: 'marketing_conflicts',
  columns: {
    id: c.id(),
    resource: c.text(),
    winner: c.text(),
    loser: c.text(),
    reason: c.text(),
    at: c.createdAt(),
  },
  primaryKey: ['id'],
  indexes: [['at']],
});
