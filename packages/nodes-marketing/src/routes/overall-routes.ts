import { defineRoute } from '@millrace/workflow/node-api';
import { programmes } from '../programmes/all.ts';
import { startAll, stopAll } from '../programmes/controller/controller.ts';
import { dashboard } from '../programmes/controller/dashboard.ts';
import { programmesHealth } from '../programmes/controller/health.ts';
import { changeSettings, readSettings } from '../programmes/settings.ts';
import { handoffs } from '../tables/handoffs.ts';
import { PROGRAMMES } from '../tables/programmes.ts';
import {
  DASHBOARD_RESPONSE,
  HEALTH_RESPONSE,
  SETTINGS_RESPONSE,
  STARTED_RESPONSE,
  STOPPED_RESPONSE,
} from './overall-schemas.ts';

const names = [...programmes.keys()];
const PROGRAMME_PARAM = {
  type: 'object',
  properties: { programme: { enum: PROGRAMMES } },
  required: ['programme'],
} as const;

/** Everything at a glance. */
export const showDashboard = defineRoute({
  method: 'GET',
  url: '/workflows/dashboard',
  access: 'marketing:read',
  summary: 'Figures, programmes, opportunities, trends, outreach, campaigns and learnings in one',
  response: DASHBOARD_RESPONSE,
  handler: ({ tables, now }) => dashboard(tables, names, now()),
});

/** How every programme is, and what is in its way. */
export const showHealth = defineRoute({
  method: 'GET',
  url: '/workflows/health',
  access: 'marketing:read',
  summary: 'State, last success and problems of every programme, with what to do about them',
  response: HEALTH_RESPONSE,
  async handler({ tables, now }) {
    const [states, handoffsOverdue] = await Promise.all([
      programmesHealth(tables, names, now()),
      tables.open(handoffs).count({ state: 'queued', answerBy: { lt: now() } }),
    ]);
    const isWell = handoffsOverdue === 0 && states.every(({ problems }) => problems.length === 0);
    return { status: isWell ? 'ok' : 'attention', programmes: states, handoffsOverdue };
  },
});

/** All enabled programmes, by priority. */
export const startEverything = defineRoute({
  method: 'POST',
  url: '/workflows/start-all',
  access: 'marketing:run',
  summary: 'Starts every enabled programme behind, the highest priority first',
  body: { type: 'object', properties: { seed: { type: 'integer' } } },
  response: STARTED_RESPONSE,
  status: 202,
  handler: ({ tables, jobs, body, caller }) =>
    startAll({ tables, jobs }, names, {
      seed: body.seed ?? 1,
      trigger: `user ${caller.userId}`,
    }),
});

/** Whatever runs. */
export const stopEverything = defineRoute({
  method: 'POST',
  url: '/workflows/stop-all',
  access: 'marketing:run',
  summary: 'Stops every programme; started again, each goes on with the phase it was in',
  response: STOPPED_RESPONSE,
  handler: ({ tables, jobs }) => stopAll({ tables, jobs }, names),
});

/** How a programme is set. */
export const showSettings = defineRoute({
  method: 'GET',
  url: '/workflows/:programme/settings',
  access: 'marketing:read',
  summary: 'Settings of a programme',
  params: PROGRAMME_PARAM,
  response: SETTINGS_RESPONSE,
  handler: ({ params, tables }) => readSettings(tables, params.programme),
});

/** Changes how a programme is set. */
export const changeProgramme = defineRoute({
  method: 'PATCH',
  url: '/workflows/:programme/settings',
  access: 'marketing:run',
  summary: 'Changes priority, enabling and own settings of a programme; the rest stays',
  params: PROGRAMME_PARAM,
  body: {
    type: 'object',
    properties: {
      isEnabled: { type: 'boolean' },
      priority: { type: 'integer', minimum: 0, maximum: 10 },
      settings: { type: 'object' },
    },
    additionalProperties: false,
  },
  response: SETTINGS_RESPONSE,
  handler: ({ params, body, tables }) => changeSettings(tables, params.programme, body),
});
