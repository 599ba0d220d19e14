import type { Database } from './db/index.ts';
import type { CredentialTypes } from './egress/index.ts';
import type { CredentialSecrets, CredentialSender } from './features/credentials/index.ts';
import {
  createAnswerCache,
  createBudgetService,
  createLlmService,
  createPriceService,
  createUsageService,
} from './features/llm/index.ts';
import type { ProjectService } from './features/projects/index.ts';
import { systemClock } from './runtime/index.ts';

interface LlmServicesOptions {
  readonly db: Database;
  readonly projects: ProjectService;
  readonly credentialSecrets: CredentialSecrets;
  readonly workflowSecrets: CredentialSender;
  readonly credentialTypes: CredentialTypes;
}

/** Language models: the calls, what they cost and what they may cost. */
export function createLlmServices(options: LlmServicesOptions) {
  const { db, projects, credentialSecrets, workflowSecrets, credentialTypes } = options;
  const prices = createPriceService(db);
  const usage = createUsageService(db, projects);
  const budgets = createBudgetService({ db, projects, usage });

  const models = createLlmService({
    secrets: credentialSecrets,
    sender: workflowSecrets,
    types: credentialTypes,
    prices,
    budgets,
    usage,
    cache: createAnswerCache(db),
    clock: systemClock,
  });

  return {
    llmPrices: prices,
    llmUsage: usage,
    llmBudgets: budgets,
    llm: models.ofWorkflow,
    llmOfProject: models.ofProject,
  };
}
