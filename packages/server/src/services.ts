import type { Logger } from 'pino';
import { Registry as MetricsRegistry } from 'prom-client';
import { createRegistry, type NodePackage } from '@millrace/workflow/node-api';
import { loadInstanceKey, type Config } from './config/index.ts';
import { openDatabase } from './db/index.ts';
import { createApiKeyService } from './features/api-keys/index.ts';
import { createAuditService } from './features/audit/index.ts';
import { createAuthService, createSessionService, hashPassword } from './features/auth/index.ts';
import { createCredentialService, createVault } from './features/credentials/index.ts';
import { createProjectService } from './features/projects/index.ts';
import { createUserService } from './features/users/index.ts';
import {
  createPublishingService,
  createWorkflowService,
  type WorkflowListener,
} from './features/workflows/index.ts';
import { createEventBus } from './runtime/index.ts';

export type Services = Awaited<ReturnType<typeof createServices>>;

/** Builds everything that stands on the database, once. */
export async function createServices(
  config: Config,
  packages: readonly NodePackage[],
  logger: Logger,
) {
  const db = await openDatabase(config.database);
  const instanceKey = loadInstanceKey(config);
  const registry = createRegistry(packages.flatMap(({ nodes }) => nodes));
  const events = createEventBus((error) => logger.error({ err: error }, 'A listener failed'));
  const projects = createProjectService(db);
  const listeners: WorkflowListener[] = [];
  const workflowOptions = {
    db,
    registry,
    projects,
    listeners,
    changed: (change: { workflowId: string; revision: number; active: boolean }) =>
      events.publish({ type: 'workflow-changed', ...change }),
  };
  const workflows = createWorkflowService(workflowOptions);

  return {
    db,
    instanceKey,
    registry,
    events,
    projects,
    listeners,
    workflows,
    publishing: createPublishingService(workflows, workflowOptions),
    credentials: createCredentialService({ db, projects, vault: createVault(instanceKey) }),
    credentialTypes: packages.flatMap(({ credentials = [] }) => credentials),
    users: createUserService({ db, hashPassword }),
    auth: createAuthService(db),
    sessions: createSessionService(db),
    apiKeys: createApiKeyService(db),
    audit: createAuditService(db),
    metrics: new MetricsRegistry(),
  };
}
