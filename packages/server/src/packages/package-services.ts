import { NotFoundError } from '@millrace/workflow/errors';
import type { Jobs, NodeLogger, NodePackage, WorkflowStarter } from '@millrace/workflow/node-api';
import { PackageJobEntity, type Database } from '../db/index.ts';
import type { LlmOfProject } from '../features/llm/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { createJobRunner } from './job-runner.ts';
import { createJobs } from './jobs.ts';
import type { PackageTables } from './package-tables.ts';
import { createWorkflowStarter, type WorkflowStarterOptions } from './workflow-starter.ts';

export type PackageServices = ReturnType<typeof createPackageServices>;

export interface PackageServicesOptions {
  readonly db: Database;
  readonly packages: readonly NodePackage[];
  readonly tables: PackageTables;
  readonly runtime: Runtime;
  readonly logger: NodeLogger;
  /** Models for jobs, of the project they belong to. */
  readonly llmOf: LlmOfProject;
  readonly copyOf: WorkflowStarterOptions['copyOf'];
  readonly now?: () => number;
}

/** What the server does for packages beside their nodes: tables, jobs and workflows by project. */
export function createPackageServices(options: PackageServicesOptions) {
  const { db, packages, tables, now = Date.now, logger, llmOf } = options;
  const declared = packages.flatMap(({ jobs = [] }) => jobs);
  const byName = new Map(declared.map((job) => [job.name, job]));
  const startersOf = (projectId: string): WorkflowStarter =>
    createWorkflowStarter(options, projectId);

  const runner = createJobRunner({
    db,
    jobs: byName,
    logger,
    now,
    async scopeOf({ id, name, projectId }) {
      const llm = await llmOf(projectId, { jobId: id, job: name });
      return {
        tables: tables.of(projectId),
        workflows: startersOf(projectId),
        ...(llm && { llm }),
      };
    },
  });

  const jobsOf = (projectId: string): Jobs =>
    createJobs(
      { db, known: new Set(byName.keys()), now, stored: runner.look, canceled: runner.stop },
      projectId,
    );

  return {
    packages,
    jobsOf,
    /** @throws {NotFoundError} */
    async projectOfJob(id: string): Promise<string> {
      const row = await db.source.getRepository(PackageJobEntity).findOneBy({ id });
      if (!row) throw new NotFoundError('job', id);
      return row.projectId;
    },
    /** What a route works with, for one project. */
    scopeOf: (projectId: string) => ({
      projectId,
      tables: tables.of(projectId),
      workflows: startersOf(projectId),
      jobs: jobsOf(projectId),
      logger,
      now,
    }),
    /** Begins to run jobs. */
    start: runner.start,
    close: runner.close,
  };
}
