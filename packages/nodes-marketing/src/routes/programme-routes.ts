import { defineRoute, type PackageRoute } from '@millrace/workflow/node-api';
import { latestRun } from '../programmes/run-state.ts';
import {
  learnings,
  PHASES,
  plans,
  programmeRuns,
  PROGRAMMES,
  type Programme,
} from '../tables/programmes.ts';
import { rowSchema } from './row-schema.ts';

const RUN_BODY = {
  type: 'object',
  properties: {
    priority: { type: 'integer', minimum: 0, maximum: 10 },
    seed: { type: 'integer' },
  },
} as const;

const STATUS_RESPONSE = {
  type: 'object',
  properties: {
    programme: { enum: PROGRAMMES },
    state: { enum: PHASES },
    run: { anyOf: [rowSchema(programmeRuns), { type: 'null' }] },
    history: { type: 'array', items: rowSchema(programmeRuns) },
    plans: { type: 'object', additionalProperties: { type: 'integer' } },
    learnings: { type: 'array', items: rowSchema(learnings) },
  },
  required: ['programme', 'state', 'run', 'history', 'plans', 'learnings'],
} as const;

/** The answer to what goes on behind. */
export const JOB_RESPONSE = {
  type: 'object',
  properties: { jobId: { type: 'string' } },
  required: ['jobId'],
} as const;

/** `GET …/status` and `POST …/run` of one programme. */
export function programmeRoutes(programme: Programme): PackageRoute[] {
  return [
    defineRoute({
      method: 'GET',
      url: `/workflows/${programme}/status`,
      access: 'marketing:read',
      summary: `State, figures, plans and learnings of the programme "${programme}"`,
      response: STATUS_RESPONSE,
      handler: async ({ tables }) => {
        const [run, history, byStatus, learned] = await Promise.all([
          latestRun(tables, programme),
          tables
            .open(programmeRuns)
            .find({ where: { programme }, orderBy: { startedAt: 'desc' }, limit: 10 }),
          tables
            .open(plans)
            .groupBy({ by: ['status'], figures: { count: 'count' }, where: { programme } }),
          tables
            .open(learnings)
            .find({ where: { programme }, orderBy: { count: 'desc' }, limit: 50 }),
        ]);
        return {
          programme,
          state: run?.phase ?? 'idle',
          run: run ?? null,
          history,
          plans: Object.fromEntries(byStatus.map(({ status, count }) => [status, count])),
          learnings: learned,
        };
      },
    }),
    defineRoute({
      method: 'POST',
      url: `/workflows/${programme}/run`,
      access: 'marketing:run',
      summary: `Runs the programme "${programme}" in the background; gives the job under way when there is one`,
      body: RUN_BODY,
      response: JOB_RESPONSE,
      status: 202,
      handler: async ({ jobs, body, caller }) => {
        const { id } = await jobs.start(
          `marketing.${programme}`,
          { priority: body.priority ?? 0, seed: body.seed ?? 1, trigger: `user ${caller.userId}` },
          { single: true },
        );
        return { jobId: id };
      },
    }),
  ];
}
