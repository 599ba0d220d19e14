export { createAnswerCache } from './answer-cache.ts';
export { createBudgetService } from './budgets.service.ts';
export { llmPlugin } from './llm.plugin.ts';
export { createLlmService, type LlmOfProject } from './llm.service.ts';
export { createPriceService } from './prices.service.ts';
export { createUsageService } from './usage.service.ts';
