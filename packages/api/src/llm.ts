import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, Nothing } from './list.ts';

const Dollars = Type.Number({ minimum: 0, maximum: 1e9 });
const Model = Type.String({ minLength: 1, maxLength: 128 });

/** What a model costs from a day on, in US dollars per million tokens. */
export const LlmPrice = Type.Object({
  id: Type.String(),
  model: Model,
  input: Dollars,
  output: Dollars,
  /** Input tokens the service had kept; null bills them as any input. */
  cached: Type.Union([Dollars, Type.Null()]),
  validFrom: Instant,
});
export type LlmPrice = Static<typeof LlmPrice>;

export const LlmPriceInput = Type.Object({
  model: Model,
  input: Dollars,
  output: Dollars,
  cached: Type.Optional(Type.Union([Dollars, Type.Null()])),
  /** Absent is now. Calls before it keep the price they were counted at. */
  validFrom: Type.Optional(Instant),
});
export type LlmPriceInput = Static<typeof LlmPriceInput>;

/** How much a project, or one workflow of it, may spend on models in a day or month (UTC). */
export const LlmBudget = Type.Object({
  id: Type.String(),
  projectId: Type.String(),
  workflowId: Type.Union([Type.String(), Type.Null()]),
  period: Type.Union([Type.Literal('day'), Type.Literal('month')]),
  limit: Dollars,
  /** Part of the limit from which on calls warn. */
  warnAt: Type.Number({ minimum: 0, maximum: 1 }),
  /** Spent in the current period. */
  spent: Type.Number(),
});
export type LlmBudget = Static<typeof LlmBudget>;

export const LlmBudgetInput = Type.Object({
  projectId: Type.String({ minLength: 1, maxLength: 64 }),
  workflowId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  period: LlmBudget.properties.period,
  limit: Dollars,
  warnAt: Type.Optional(LlmBudget.properties.warnAt),
});
export type LlmBudgetInput = Static<typeof LlmBudgetInput>;

/** Calls of one day, model and workflow, added up. */
export const LlmUsageRow = Type.Object({
  day: Type.String({ format: 'date' }),
  workflowId: Type.String(),
  model: Type.String(),
  calls: Type.Integer(),
  inputTokens: Type.Integer(),
  outputTokens: Type.Integer(),
  /** Of the calls whose price is known. */
  cost: Type.Number(),
  /** Calls whose price is not known: they are missing in `cost`. */
  unpricedCalls: Type.Integer(),
});
export type LlmUsageRow = Static<typeof LlmUsageRow>;

export const listLlmUsage = endpoint({
  method: 'GET',
  url: '/llm/usage',
  access: 'llm:read',
  querystring: Type.Object({
    projectId: Type.String({ minLength: 1, maxLength: 64 }),
    workflowId: Type.Optional(Type.String({ maxLength: 64 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  }),
  response: { 200: Type.Object({ data: Type.Array(LlmUsageRow) }) },
});

export const listLlmPrices = endpoint({
  method: 'GET',
  url: '/llm/prices',
  access: 'llm:read',
  response: { 200: Type.Object({ data: Type.Array(LlmPrice) }) },
});

export const createLlmPrice = endpoint({
  method: 'POST',
  url: '/llm/prices',
  access: 'setting:update',
  body: LlmPriceInput,
  response: { 201: LlmPrice },
});

export const deleteLlmPrice = endpoint({
  method: 'DELETE',
  url: '/llm/prices/:id',
  access: 'setting:update',
  params: IdParams,
  response: { 204: Nothing },
});

export const listLlmBudgets = endpoint({
  method: 'GET',
  url: '/llm/budgets',
  access: 'llm:read',
  querystring: Type.Object({ projectId: Type.String({ minLength: 1, maxLength: 64 }) }),
  response: { 200: Type.Object({ data: Type.Array(LlmBudget) }) },
});

/** Sets a budget; one for the same project, workflow and period is replaced. */
export const setLlmBudget = endpoint({
  method: 'PUT',
  url: '/llm/budgets',
  access: 'llm:update',
  body: LlmBudgetInput,
  response: { 200: LlmBudget },
});

export const deleteLlmBudget = endpoint({
  method: 'DELETE',
  url: '/llm/budgets/:id',
  access: 'llm:update',
  params: IdParams,
  response: { 204: Nothing },
});
