import { cancelJob, getJob, listJobs, listPackages, type Job } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import type { JobInfo, NodePackage } from '@millrace/workflow/node-api';
import type { ProjectRole } from '@millrace/api';
import type { ProjectService } from '../features/projects/index.ts';
import { callerOf, ConflictError, on, type Caller, type Feature } from '../platform/index.ts';
import type { PackageServices } from './package-services.ts';

interface PackagePluginServices {
  readonly projects: ProjectService;
  readonly packageServices: PackageServices;
}

/** What is installed, and the long work of it. */
export const packagesPlugin: Feature<PackagePluginServices> = async (
  app,
  { projects, packageServices },
) => {
  async function findJob(caller: Caller, id: string, need: ProjectRole) {
    const projectId = await packageServices.projectOfJob(id);
    await projects.require(caller, projectId, need, { kind: 'job', id });
    const jobs = packageServices.jobsOf(projectId);
    const read = async () => {
      const job = await jobs.find(id);
      if (!job) throw new NotFoundError('job', id);
      return showJob(job, projectId);
    };
    return { jobs, read };
  }

  app.route({
    ...on(listPackages),
    handler: () => ({ data: packageServices.packages.map(showPackage) }),
  });

  app.route({
    ...on(listJobs),
    handler: async (request) => {
      const caller = callerOf(request);
      const { projectId: asked, ...query } = request.query;
      const projectId = asked ?? (await projects.personalIdOf(caller));
      await projects.require(caller, projectId, 'viewer', { kind: 'project', id: projectId });
      const found = await packageServices.jobsOf(projectId).list(query);
      return { data: found.map((job) => showJob(job, projectId)), nextCursor: null };
    },
  });

  app.route({
    ...on(getJob),
    handler: async (request) =>
      (await findJob(callerOf(request), request.params.id, 'viewer')).read(),
  });

  app.route({
    ...on(cancelJob),
    handler: async (request) => {
      const { jobs, read } = await findJob(callerOf(request), request.params.id, 'editor');
      if (!(await jobs.cancel(request.params.id)))
        throw new ConflictError('The job has ended already', 'Nothing to do');
      return read();
    },
  });
};

const showPackage = (each: NodePackage) => ({
  name: each.name,
  version: each.version ?? null,
  namespace: each.namespace ?? null,
  nodes: [...new Set(each.nodes.map(({ description }) => description.name))],
  credentials: (each.credentials ?? []).map(({ name }) => name),
  tables: (each.tables ?? []).map(({ name }) => name),
  templates: (each.templates ?? []).map(({ id }) => id),
  jobs: (each.jobs ?? []).map(({ name }) => name),
});

const showJob = (job: JobInfo, projectId: string): Job => ({
  ...job,
  projectId,
  createdAt: instant(job.createdAt),
  startedAt: job.startedAt === null ? null : instant(job.startedAt),
  finishedAt: job.finishedAt === null ? null : instant(job.finishedAt),
});

const instant = (at: number): string => new Date(at).toISOString();
