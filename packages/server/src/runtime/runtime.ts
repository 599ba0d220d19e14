import { join } from 'node:path';
import type { EnginePorts } from '@millrace/workflow/engine';
import type { BinaryPort } from '@millrace/workflow/ports';
import { createBinaryStore } from './binary-store.ts';
import { createExecutionWriter } from './commit/execution-writer.ts';
import { createEventBus } from './event-bus.ts';
import { createExecutions } from './executions.ts';
import { createExecutor } from './executor.ts';
import { createLeases } from './leases.ts';
import { createResumeTokens, type ResumeTokens } from './resume-token.ts';
import type { EventBus, Executions, RuntimeOptions } from './runtime.types.ts';
import { createSubworkflows } from './subworkflows.ts';
import { systemClock, systemRandom } from './system-ports.ts';
import { repeat } from './timers.ts';
import { createWorkflowCache, type WorkflowCache } from './workflow-cache.ts';

/** Everything that runs executions in one process. */
export interface Runtime {
  readonly executions: Executions;
  readonly bus: EventBus;
  readonly binary: BinaryPort;
  readonly workflows: WorkflowCache;
  readonly tokens: ResumeTokens;
  /** The given options, with the machine's clock and random numbers filled in. */
  readonly options: RuntimeOptions & Required<Pick<RuntimeOptions, 'clock' | 'random'>>;
  /** Takes up what an earlier process left, then watches for pauses that are over. */
  start(): Promise<void>;
  /** Takes up executions whose lease has run out; done every few seconds after `start`. */
  recover(): Promise<void>;
  /** Ends what is under way, stores it and stops. */
  close(): Promise<void>;
}

const SWEEP_MS = 10_000;
const WAIT_CHECK_MS = 1000;

/** Puts the parts together; nothing runs before {@link Runtime.start}. */
export function createRuntime(given: RuntimeOptions): Runtime {
  const options = { clock: systemClock, random: systemRandom, ...given };
  const { db, config, registry, logger, clock } = options;
  const bus =
    options.bus ??
    createEventBus((error) => logger.error('A listener failed', { error: String(error) }));
  const binary = createBinaryStore(join(config.home, 'binary'));
  const workflows = createWorkflowCache(db, { registry });
  const leases = createLeases(db, { clock, workflows });
  const tokens = createResumeTokens(config.resumeSecret);
  const writer = createExecutionWriter(db);
  const timers: (() => Promise<void>)[] = [];

  const runWorkflow: EnginePorts['runWorkflow'] = (call, parent) => subworkflows(call, parent);
  const executor = createExecutor({
    db,
    writer,
    bus,
    tokens,
    secrets: options.secrets,
    publicUrl: config.publicUrl,
    runExecution: options.runExecution,
    vars: options.vars ?? (async () => ({})),
    ports: {
      nodes: registry,
      clock,
      random: options.random,
      http: options.http,
      binary,
      code: options.code,
      logger,
      runWorkflow,
    },
  });
  const flow = createExecutions({
    db,
    writer,
    workflows,
    leases,
    clock,
    logger,
    concurrency: config.concurrency,
    publicUrl: config.publicUrl,
    run: executor.run,
  });
  const subworkflows = createSubworkflows({ db, workflows, run: flow.runChild });

  /** One process owns a SQLite file: what is open in it at the start was left by a dead one. */
  async function recover(all: boolean): Promise<void> {
    while (flow.hasRoom()) {
      const jobs = await leases.claimAbandoned({ all });
      if (!jobs.length) return;
      logger.warn('Taking up executions left behind', { count: jobs.length });
      flow.take(jobs);
    }
  }

  return {
    executions: flow.executions,
    bus,
    binary,
    workflows,
    tokens,
    options,
    async start() {
      await recover(db.dialect === 'sqlite');
      timers.push(
        repeat('Lease sweep', {
          everyMs: SWEEP_MS,
          logger,
          async work() {
            await leases.renew(flow.held());
            await recover(false);
          },
        }),
        repeat('Resuming', {
          everyMs: WAIT_CHECK_MS,
          logger,
          work: async () => flow.take(await leases.claimDue()),
        }),
      );
    },
    recover: () => recover(false),
    async close() {
      await Promise.all(timers.splice(0).map((stop) => stop()));
      await flow.close();
      await writer.flush();
    },
  };
}
