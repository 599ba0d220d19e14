import type { JsonObject } from '../items/index.ts';
import type { LlmPort } from '../ports/index.ts';
import type { NodeLogger } from './context.ts';
import type { WorkflowStarter } from './package-route.ts';
import type { Tables } from './tables.ts';

export type JobStatus = 'queued' | 'running' | 'success' | 'error' | 'canceled';

/** A job as it is stored. */
export interface JobInfo {
  readonly id: string;
  readonly name: string;
  readonly status: JobStatus;
  readonly input: JsonObject;
  /** What the job last said of itself: how far it is, and where it would go on. */
  readonly state: JsonObject;
  readonly result: JsonObject | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** What a job works with. */
export interface JobContext {
  readonly id: string;
  readonly projectId: string;
  readonly input: JsonObject;
  /** As last saved; `{}` at the first start. After a crash or a restart the job begins again with it. */
  readonly state: JsonObject;
  readonly tables: Tables;
  readonly workflows: WorkflowStarter;
  /**
   * The project's first language model credential; absent when it has none. What it costs counts
   * to the project's budget.
   */
  readonly llm?: LlmPort;
  readonly logger: NodeLogger;
  /** Aborted when the job is canceled or the server stops. */
  readonly signal: AbortSignal;
  now(): number;
  /** Stores the state; who asks for the job sees it. */
  save(state: JsonObject): Promise<void>;
}

/** Long work in the background. It can be started again at any point: what is done says its state. */
export interface PackageJob {
  /** The package's namespace, a dot and the rest: `marketing.import`. */
  readonly name: string;
  /** Gives the result. */
  run(context: JobContext): Promise<JsonObject | void>;
}

/** Starts and finds the jobs of a project. */
export interface Jobs {
  /**
   * Stores a job and gives its id; it runs behind.
   *
   * @param options.single - While one of this name is under way in the project, that one is given
   *   instead of a second.
   */
  start(
    name: string,
    input?: JsonObject,
    options?: { readonly single: boolean },
  ): Promise<{ readonly id: string }>;
  find(id: string): Promise<JobInfo | undefined>;
  /** The latest first. */
  list(query?: { readonly name?: string; readonly limit?: number }): Promise<readonly JobInfo[]>;
  /** False when it had ended already. */
  cancel(id: string): Promise<boolean>;
}

/** Declares a job. */
export const defineJob = (job: PackageJob): PackageJob => job;
