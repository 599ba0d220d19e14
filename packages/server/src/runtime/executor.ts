import type {
  EnginePorts,
  ExecutionOutcome,
  ExecutionRequest,
  RunExecution,
} from '@millrace/workflow/engine';
import type { JsonObject } from '@millrace/workflow/items';
import type { SubworkflowResult, WebhookResponse } from '@millrace/workflow/node-api';
import type { Clock, JournalPort } from '@millrace/workflow/ports';
import { isDatabaseAway, type Database, type ExecutionRow } from '../db/index.ts';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import type { Job } from './job.ts';
import { createExecutionNews } from './execution-news.ts';
import { keepJournal } from './journal.ts';
import { LeaseLostError } from './lease-lost.error.ts';
import type { ResumeTokens } from './resume-token.ts';
import type {
  EventBus,
  ExecutionEnd,
  LlmOf,
  ReachPoint,
  Secrets,
  StorageOf,
} from './runtime.types.ts';
import { loadStaticData, unsavedStaticData, type StaticData } from './static-data.ts';

/** The ports that are the same for every execution. */
export type SharedPorts = Pick<
  EnginePorts,
  | 'nodes'
  | 'clock'
  | 'random'
  | 'http'
  | 'hosts'
  | 'files'
  | 'binary'
  | 'code'
  | 'logger'
  | 'runWorkflow'
>;

export interface ExecutorOptions {
  readonly db: Database;
  readonly writer: GroupCommit<ExecutionWrite>;
  readonly bus: EventBus;
  readonly ports: SharedPorts;
  readonly secrets: Secrets;
  readonly llm?: LlmOf | undefined;
  readonly storage?: StorageOf | undefined;
  readonly tokens: ResumeTokens;
  readonly publicUrl: string;
  readonly runExecution: RunExecution;
  readonly reach: ReachPoint;
  leaseUntil(): number;
  vars(): Promise<JsonObject>;
}

/**
 * Runs one execution to its end or next pause and stores what happened.
 *
 * Runs of pure nodes are kept back and travel with the next write that has to be awaited, at the
 * latest with the end. An answer to the caller leaves only when the execution is in the database.
 */
export function createExecutor(options: ExecutorOptions) {
  const { ports, runExecution } = options;
  const news = createExecutionNews(options.bus, ports.clock);

  async function run(job: Job): Promise<ExecutionEnd> {
    const { row, workflow } = job;
    const { clock } = ports;
    const running: ExecutionRow = {
      ...row,
      status: 'running',
      startedAt: row.startedAt ?? clock.now(),
      waitNode: null,
      waitUntil: null,
      leaseUntil: options.leaseUntil(),
    };
    const journal = keepJournal(job, options);
    if (job.stored && !workflow.isPure) journal.open(running);
    news.began(running);

    const staticData = workflow.isPure
      ? unsavedStaticData()
      : await loadStaticData(options.db, workflow.id);
    const answer = holdAnswer(job);
    const outcome = await runExecution(
      requestOf(job, workflow.isPure ? {} : await options.vars()),
      enginePorts(job, { journal, staticData, respond: answer.give }),
    );
    const isProduction = row.mode !== 'manual';
    if (isProduction && outcome.status !== 'canceled') await staticData.save(clock.now());

    const ended = endedRow(running, outcome, clock);
    await journal.end(ended);
    answer.release();
    news.ended(ended, outcome.error);
    return {
      id: row.id,
      status: outcome.status,
      lastNode: outcome.lastNode,
      error: outcome.error,
      runs: outcome.runs,
    };
  }

  function requestOf(job: Job, vars: JsonObject): ExecutionRequest {
    const { row, workflow, start, history, resume, crashed, cancel } = job;
    const waits = history.filter(({ status }) => status === 'waiting').length;
    const token = workflow.isPure ? '' : `?signature=${options.tokens.make(row.id, waits)}`;
    return {
      executionId: row.id,
      workflow: workflow.json,
      mode: readMode(row.mode),
      resumeUrl: `${options.publicUrl}/webhook-waiting/${row.id}${token}`,
      signal: cancel.signal,
      vars,
      ...(start && { start }),
      ...(history.length && { history }),
      ...(resume && { resume }),
      ...(crashed.length && { crashed }),
      ...(row.destination !== null && { destination: row.destination }),
    };
  }

  /** The store went away under it, or its child went to another process: it is not the node that failed. */
  async function runWorkflow(
    { row, cancel }: Job,
    ...call: Parameters<EnginePorts['runWorkflow']>
  ): Promise<SubworkflowResult> {
    try {
      return await ports.runWorkflow(...call);
    } catch (error) {
      if (error instanceof LeaseLostError || isDatabaseAway(error))
        cancel.abort(new LeaseLostError(row.id));
      throw error;
    }
  }

  function enginePorts(
    job: Job,
    own: {
      journal: JournalPort;
      staticData: StaticData;
      respond: Job['respond'];
    },
  ): EnginePorts {
    const { llm, storage } = options;
    const { row, workflow } = job;
    return {
      ...ports,
      runWorkflow: (...call) => runWorkflow(job, ...call),
      ...(storage && { storage: storage(workflow.id) }),
      journal: own.journal,
      credential: (type, ref, use) =>
        options.secrets.credential(type, ref, workflow.id, { ...use, executionId: row.id }),
      signedRequest: (type, ref, request, use) =>
        options.secrets.signedRequest(type, ref, workflow.id, request, {
          ...use,
          executionId: row.id,
        }),
      attemptEnded: (attempt) =>
        options.secrets.attemptEnded?.({ ...attempt, executionId: row.id }),
      ...(llm && {
        llm: (ref, { node }) => llm(ref, { workflowId: workflow.id, executionId: row.id, node }),
      }),
      staticData: (scope) => own.staticData.get(scope),
      respond: async (response) => own.respond(response),
      emit: (event) => news.ofRun(row, event),
    };
  }

  return { run };
}

/** The first answer counts. It leaves at once when the row is stored, else with the end. */
function holdAnswer(job: Job) {
  const state: { first?: WebhookResponse } = {};
  return {
    give(response: WebhookResponse): void | Promise<void> {
      if (state.first) return;
      state.first = response;
      if (job.stored) return job.respond(response);
    },
    release(): void {
      if (state.first && !job.stored) void job.respond(state.first);
    },
  };
}

function endedRow(row: ExecutionRow, outcome: ExecutionOutcome, clock: Clock): ExecutionRow {
  const { status, waiting } = outcome;
  const isWaiting = status === 'waiting';
  return {
    ...row,
    status,
    finishedAt: isWaiting ? null : clock.now(),
    error: outcome.error ? JSON.stringify(outcome.error) : null,
    lastNode: outcome.lastNode ?? null,
    customData: outcome.customData ? JSON.stringify(outcome.customData) : null,
    waitNode: waiting?.node ?? null,
    waitUntil: waiting?.until ?? null,
    leaseOwner: null,
    leaseUntil: null,
    resumeData: null,
    inFlight: null,
    restarts: 0,
    restartRuns: 0,
  };
}

const MODES = ['manual', 'webhook', 'trigger', 'cli', 'error', 'integrated', 'retry'] as const;
const readMode = (mode: string) => MODES.find((each) => each === mode) ?? 'trigger';
