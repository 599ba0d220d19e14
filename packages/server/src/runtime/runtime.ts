import { join } from 'node:path';
import type { EnginePorts } from '@millrace/workflow/engine';
import { createBinaryStore, type BinaryStore } from './binary/binary-store.ts';
import type { BlobStore } from './binary/blob-store.ts';
import { createFileBlobs } from './binary/file-blobs.ts';
import { createS3Blobs } from './binary/s3-blobs.ts';
import { settleFromDatabase } from './end-of.ts';
import { createExecutionWriter } from './commit/execution-writer.ts';
import { createEventBus } from './event-bus.ts';
import { createExecutor } from './executor.ts';
import { createFlow } from './flow.ts';
import type { Leases } from './leases.ts';
import type { ProcessLink } from './link/link.types.ts';
import { LeaseLostError } from './lease-lost.error.ts';
import { createPresence } from './processes.ts';
import { createResumeTokens, type ResumeTokens } from './resume-token.ts';
import type { EventBus, Executions, RuntimeConfig, RuntimeOptions } from './runtime.types.ts';
import { createSubworkflows } from './subworkflows.ts';
import { systemClock, systemRandom } from './system-ports.ts';
import { repeat } from './timers.ts';
import { createWorkflowCache, type WorkflowCache } from './workflow-cache.ts';

/** Everything that runs executions in one process. */
export interface Runtime {
  readonly executions: Executions;
  readonly bus: EventBus;
  readonly binary: BinaryStore;
  /** Where the bytes of `binary` are. */
  readonly blobs: BlobStore;
  readonly workflows: WorkflowCache;
  readonly tokens: ResumeTokens;
  /** The given options, with the machine's clock and random numbers filled in. */
  readonly options: RuntimeOptions & Required<Pick<RuntimeOptions, 'clock' | 'random'>>;
  readonly leases: Pick<Leases, 'owner' | 'leaseMs' | 'clock'>;
  /** Other main processes, for what only one of them knows; absent where there can be none. */
  readonly mains: Pick<ProcessLink, 'ask' | 'reply'> | undefined;
  /** Rejects while the queue on Redis cannot be reached; absent without one. */
  readonly pingQueue: (() => Promise<void>) | undefined;
  /** Takes up what an earlier process left, then watches for what nobody works on. */
  start(): Promise<void>;
  /** Looks once for work that nobody holds; done every second after `start`. */
  recover(): Promise<void>;
  /** Lets what is under way end, gives back to others what does not, and stops. */
  close(): Promise<void>;
}

const SWEEP_MS = 1000;
const FORGET_MS = 60_000;
const DRAIN_MS = 10_000;
/** Signs of life per lease. */
const HEARTBEATS = 6;

/** Puts the parts together; nothing runs before {@link Runtime.start}. */
export function createRuntime(given: RuntimeOptions): Runtime {
  const options = { clock: systemClock, random: systemRandom, ...given };
  const { db, config, registry, logger, clock } = options;
  const bus =
    options.bus ??
    createEventBus((error) => logger.error('A listener failed', { error: String(error) }));
  const { blobs, binary } = openBinary(config);
  const workflows = createWorkflowCache(db, { registry });
  const { role = 'main' } = config;
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
    llm: options.llm,
    storage: options.storage,
    publicUrl: config.publicUrl,
    runExecution: options.runExecution,
    reach: options.reach ?? (() => undefined),
    leaseUntil: () => flow.leases.next().until,
    vars: options.vars ?? (async () => ({})),
    ports: {
      nodes: registry,
      clock,
      random: options.random,
      http: options.http,
      ...(options.hosts && { hosts: options.hosts }),
      ...(options.files && { files: options.files }),
      binary,
      code: options.code,
      logger,
      runWorkflow,
    },
  });
  const flow = createFlow({ options, bus, writer, workflows, run: executor.run });
  const { leases, runner, callers, answers, sweep, remote } = flow;
  const subworkflows = createSubworkflows({ db, workflows, run: flow.runChild });
  const presence = createPresence(db, {
    leases,
    role,
    concurrency: role === 'webhook' ? 0 : config.concurrency,
  });

  /** Keeps what runs here, and learns what no longer does. */
  async function beat(): Promise<void> {
    await leases.clock.sync();
    for (const id of await leases.renew(runner.leased())) runner.stop(id, new LeaseLostError(id));
    await presence.tell();
  }

  async function look(): Promise<void> {
    await sweep.look();
    const here = new Set(runner.held());
    const elsewhere = callers.waiting().filter((id) => !here.has(id));
    if (elsewhere.length) await settleFromDatabase(db, { callers, answers }, elsewhere);
  }

  return {
    executions: flow.executions,
    bus,
    binary,
    blobs,
    workflows,
    tokens,
    options,
    leases,
    mains: role === 'main' ? flow.link : undefined,
    pingQueue: remote && (() => remote.ping()),
    async start() {
      await beat();
      // One process owns a SQLite file: what is open in it at the start was left by a dead one.
      if (db.dialect === 'sqlite') await leases.releaseOthers();
      await look();
      remote?.start();
      timers.push(
        repeat('Heartbeat', { everyMs: leases.leaseMs / HEARTBEATS, logger, work: beat }),
        repeat('Sweep', { everyMs: SWEEP_MS, logger, work: look }),
      );
      if (flow.link)
        timers.push(repeat('Kept answers', { everyMs: FORGET_MS, logger, work: answers.forget }));
    },
    recover: look,
    async close() {
      const closing = remote?.close();
      flow.limits.close();
      await flow.local.close();
      await runner.drain(config.drainMs ?? DRAIN_MS);
      await closing;
      await Promise.all(timers.splice(0).map((stop) => stop()));
      await presence.leave();
      await writer.close();
      await remote?.disconnect();
      await flow.link?.close();
    },
  };
}

function openBinary({ home, s3 }: RuntimeConfig): { blobs: BlobStore; binary: BinaryStore } {
  const folder = join(home, 'binary');
  const blobs = s3 ? createS3Blobs(s3, folder) : createFileBlobs(folder);
  return { blobs, binary: createBinaryStore(blobs, s3 ? 's3' : 'filesystem') };
}
