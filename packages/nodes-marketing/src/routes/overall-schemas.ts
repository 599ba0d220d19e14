import type { JsonSchema } from '@millrace/workflow/node-api';
import { keywords } from '../tables/keywords.ts';
import { conflicts, learnings, PHASES, PROGRAMMES } from '../tables/programmes.ts';
import { trends } from '../tables/trends.ts';
import { PORTFOLIO } from './campaigns-routes.ts';
import { rowSchema } from './row-schema.ts';

const COUNT = { type: 'integer' } as const;
const MAYBE_NUMBER = { anyOf: [{ type: 'number' }, { type: 'null' }] } as const;
const MAYBE_TIME = {
  anyOf: [{ type: 'integer', description: 'ms since 1970' }, { type: 'null' }],
} as const;

const record = (properties: Readonly<Record<string, JsonSchema>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const listOf = (items: JsonSchema) => ({ type: 'array', items });

const HEALTH = record({
  programme: { enum: PROGRAMMES },
  status: { enum: ['neverRan', 'running', 'stuck', 'stopped', 'ok', 'failed'] },
  phase: { enum: PHASES },
  progress: { type: 'number' },
  phaseSince: MAYBE_TIME,
  lastSuccessAt: MAYBE_TIME,
  lastError: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  isEnabled: { type: 'boolean' },
  priority: COUNT,
  problems: listOf(record({ problem: { type: 'string' }, fix: { type: 'string' } })),
});

/** What `/workflows/health` gives. */
export const HEALTH_RESPONSE = record({
  status: { enum: ['ok', 'attention'] },
  programmes: listOf(HEALTH),
  handoffsOverdue: COUNT,
});

/** What `/workflows/dashboard` gives. */
export const DASHBOARD_RESPONSE = record({
  at: COUNT,
  tiles: record({
    keywords: COUNT,
    quickWins: COUNT,
    liveLinks: COUNT,
    seoHealth: MAYBE_NUMBER,
    emergingTrends: COUNT,
    plansOpen: COUNT,
    mailsSent: COUNT,
    replies: COUNT,
    campaignsRunning: COUNT,
    roi: MAYBE_NUMBER,
    handoffsWaiting: COUNT,
  }),
  programmes: listOf(HEALTH),
  opportunities: listOf(
    rowSchema(keywords, [
      'id',
      'text',
      'volume',
      'difficulty',
      'position',
      'score',
      'expectedValue',
      'isQuickWin',
      'status',
    ]),
  ),
  trends: listOf(
    rowSchema(trends, ['id', 'term', 'stage', 'relevance', 'growth', 'isViral', 'hoursToPeak']),
  ),
  outreach: record({
    days: COUNT,
    sent: COUNT,
    replies: COUNT,
    bounces: COUNT,
    unsubscribed: COUNT,
    threads: { type: 'object', additionalProperties: COUNT },
  }),
  campaigns: PORTFOLIO,
  learnings: listOf(
    rowSchema(learnings, [
      'id',
      'programme',
      'subject',
      'metric',
      'mean',
      'sd',
      'count',
      'updatedAt',
    ]),
  ),
  conflicts: listOf(rowSchema(conflicts)),
  handoffs: record({ waiting: COUNT, overdue: COUNT, claimed: COUNT }),
});

/** What starting all programmes gives. */
export const STARTED_RESPONSE = record({
  started: listOf(
    record({ programme: { enum: PROGRAMMES }, priority: COUNT, jobId: { type: 'string' } }),
  ),
  leftOut: listOf({ enum: PROGRAMMES }),
});

/** What stopping all programmes gives. */
export const STOPPED_RESPONSE = record({
  canceledJobs: listOf({ type: 'string' }),
  openRuns: COUNT,
});

/** Settings of a programme. */
export const SETTINGS_RESPONSE = record({
  isEnabled: { type: 'boolean' },
  priority: COUNT,
  own: { type: 'object' },
});
