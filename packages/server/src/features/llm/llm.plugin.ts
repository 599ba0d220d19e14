import {
  createLlmPrice,
  deleteLlmBudget,
  deleteLlmPrice,
  listLlmBudgets,
  listLlmPrices,
  listLlmUsage,
  setLlmBudget,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { BudgetService } from './budgets.service.ts';
import type { PriceService } from './prices.service.ts';
import type { UsageService } from './usage.service.ts';

interface LlmPluginServices {
  readonly llmUsage: UsageService;
  readonly llmPrices: PriceService;
  readonly llmBudgets: BudgetService;
  readonly audit: AuditService;
}

/** What language models cost, and what they may. */
export const llmPlugin: Feature<LlmPluginServices> = async (
  app,
  { llmUsage, llmPrices, llmBudgets, audit },
) => {
  app.route({
    ...on(listLlmUsage),
    handler: (request) => llmUsage.summary(callerOf(request), request.query),
  });

  app.route({ ...on(listLlmPrices), handler: () => llmPrices.list() });

  app.route({
    ...on(createLlmPrice),
    handler: async (request, reply) => {
      const price = await llmPrices.create(request.body);
      await audit.record(callerOf(request), 'llm-price.create', price.id);
      return reply.code(201).send(price);
    },
  });

  app.route({
    ...on(deleteLlmPrice),
    handler: async (request, reply) => {
      await llmPrices.remove(request.params.id);
      await audit.record(callerOf(request), 'llm-price.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(listLlmBudgets),
    handler: (request) => llmBudgets.list(callerOf(request), request.query.projectId),
  });

  app.route({
    ...on(setLlmBudget),
    handler: async (request) => {
      const budget = await llmBudgets.set(callerOf(request), request.body);
      await audit.record(callerOf(request), 'llm-budget.set', budget.id, { limit: budget.limit });
      return budget;
    },
  });

  app.route({
    ...on(deleteLlmBudget),
    handler: async (request, reply) => {
      await llmBudgets.remove(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'llm-budget.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });
};
