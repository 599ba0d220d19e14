import type { Logger } from 'pino';
import { Registry as MetricsRegistry } from 'prom-client';
import { runExecution } from '@millrace/workflow/engine';
import { createEvaluator } from '@millrace/workflow/expression';
import { createRegistry, type NodePackage } from '@millrace/workflow/node-api';
import type { Config } from './config/index.ts';
import { openDatabase } from './db/index.ts';
import { createFilesRoot } from './files-root/index.ts';
import { createApiKeyService } from './features/api-keys/index.ts';
import { createAuditService } from './features/audit/index.ts';
import { createAuthService, createSessionService, hashPassword } from './features/auth/index.ts';
import {
  createBulkService,
  createExecutionService,
  createStartingService,
} from './features/executions/index.ts';
import { openInstanceKey } from './features/instance-key/index.ts';
import { createListenerRows, createListeners } from './features/listeners/index.ts';
import { createPoller, createPollRows } from './features/polls/index.ts';
import { createProjectService } from './features/projects/index.ts';
import { createRetentionService } from './features/retention/index.ts';
import { createScheduler, createScheduleRows } from './features/schedules/index.ts';
import { createDataTableAccess } from './features/data-tables/index.ts';
import { createTagService } from './features/tags/index.ts';
import { createVariableService } from './features/variables/index.ts';
import { createUserService } from './features/users/index.ts';
import {
  createKeptCalls,
  createPauses,
  createRouteTable,
  createTestListeners,
  createWebhookRoutes,
  replyForListeners,
} from './features/webhooks/index.ts';
import { createWorkerService } from './features/workers/index.ts';
import { createPublishingService, createWorkflowService } from './features/workflows/index.ts';
import { createTemplateService } from './features/templates/index.ts';
import { createPackageServices, openPackageTables, workflowStorage } from './packages/index.ts';
import { createCredentialServices } from './credential-services.ts';
import { createLlmServices } from './llm-services.ts';
import { createDependencies } from './platform/index.ts';
import { createRuntime, type ProcessRole, type ReachPoint } from './runtime/index.ts';
import { openCode, openEgress, readVars, openTransport, toNodeLogger } from './runtime-ports.ts';

export interface ServiceOptions {
  readonly logger: Logger;
  readonly role: ProcessRole;
  /** See {@link ReachPoint}. */
  readonly reach?: ReachPoint | undefined;
}

export type Services = Awaited<ReturnType<typeof createServices>>;

/** Builds everything that stands on the database, once. */
export async function createServices(
  config: Config,
  packages: readonly NodePackage[],
  { logger, role, reach }: ServiceOptions,
) {
  const db = await openDatabase(config.database);
  const packageTables = await openPackageTables(db, packages);
  const instanceKey = await openInstanceKey(db, config);
  const registry = createRegistry(packages.flatMap(({ nodes }) => nodes));
  const projects = createProjectService(db);
  const nodeLogger = toNodeLogger(logger);
  const code = openCode(nodeLogger);
  const egress = openEgress(config);
  const credentials = createCredentialServices({
    config,
    db,
    projects,
    instanceKey: instanceKey.bytes,
    packages,
    egress,
    logger: nodeLogger,
  });
  const llm = createLlmServices({ db, projects, ...credentials });
  const runtime = createRuntime({
    db,
    registry,
    code,
    http: egress,
    logger: nodeLogger,
    hosts: egress,
    files: config.filesRoot === undefined ? undefined : createFilesRoot(config.filesRoot),
    secrets: credentials.workflowSecrets,
    llm: llm.llm,
    runExecution,
    transport: await openTransport(config),
    reach,
    config: {
      home: config.home,
      s3: config.s3,
      role,
      leaseMs: config.leaseSeconds * 1000,
      maxRestarts: config.maxRestarts,
      drainMs: config.shutdownSeconds * 1000,
      queueLimit: config.queueLimit,
      publicUrl: config.publicUrl,
      timezone: config.timezone,
      concurrency: config.concurrency,
      resumeSecret: instanceKey.resumeSecret,
    },
    vars: () => readVars(db),
    storage: (workflowId) => workflowStorage({ db, packageTables, workflowId }),
  });
  const workflowOptions = {
    db,
    registry,
    projects,
    listeners: [
      createWebhookRoutes(registry),
      createScheduleRows({ registry, timezone: config.timezone }),
      createPollRows({ registry, timezone: config.timezone }),
      createListenerRows({ registry }),
    ],
    changed: (change: { workflowId: string; revision: number; active: boolean }) =>
      runtime.bus.publish({ type: 'workflow-changed', ...change }),
  };
  const workflows = createWorkflowService(workflowOptions);
  const templates = createTemplateService({ db, packages, workflows });
  const packageServices = createPackageServices({
    db,
    packages,
    tables: packageTables,
    runtime,
    logger: nodeLogger,
    llmOf: llm.llmOfProject,
    copyOf: templates.copyOf,
  });
  const retention = createRetentionService({ runtime, workflows });
  const auth = createAuthService(db);
  const scheduler = createScheduler(runtime);
  const evaluator = createEvaluator();
  const pauses = createPauses({ runtime, evaluator });
  const testListeners = createTestListeners(runtime);
  replyForListeners(runtime, testListeners);
  const { credentialLimits } = credentials;
  const executionOptions = {
    runtime,
    projects,
    workflows,
    testListeners,
    pauses,
    credentialLimits,
  };
  const executions = createExecutionService(executionOptions);
  const starting = createStartingService(executions, executionOptions);
  const bulk = createBulkService(executions, starting);

  const metrics = new MetricsRegistry();
  const dependencies = createDependencies({
    checks: new Map([
      ['database', () => db.source.query('SELECT 1')],
      ...(runtime.pingQueue ? [['queue', runtime.pingQueue] as const] : []),
    ]),
    logger,
    metrics,
  });
  const poller = createPoller({ runtime, evaluator, hosts: egress });
  const listeners = createListeners({ runtime, evaluator, hosts: egress });

  return {
    db,
    instanceKey,
    registry,
    runtime,
    evaluator,
    routeTable: createRouteTable(db),
    testListeners,
    pauses,
    keptCalls: createKeptCalls({ runtime, evaluator }, pauses),
    scheduler,
    poller,
    listeners,
    executions,
    starting,
    bulk,
    retention,
    projects,
    workflows,
    templates,
    tags: createTagService({ db, projects, workflows }),
    variables: createVariableService(db),
    dataTables: createDataTableAccess(db, projects),
    packageServices,
    publishing: createPublishingService(workflows, workflowOptions),
    ...credentials,
    ...llm,
    users: createUserService({ db, hashPassword, createOwner: auth.createOwner }),
    auth,
    sessions: createSessionService(db),
    apiKeys: createApiKeyService(db),
    audit: createAuditService(db),
    metrics,
    dependencies,
    workers: createWorkerService(db, {
      leaseMs: runtime.leases.leaseMs,
      now: runtime.leases.clock.now,
    }),
    /** Ends what is under way, then lets go of children, sockets and the database. */
    async close() {
      dependencies.close();
      await scheduler.close();
      await poller.close();
      await listeners.close();
      await retention.close();
      await packageServices.close();
      testListeners.close();
      await bulk.close();
      await runtime.close();
      await credentialLimits.close();
      await Promise.all([code.close(), egress.close()]);
      await db.close();
    },
  };
}
