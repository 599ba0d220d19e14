import type { JsonObject } from '@millrace/workflow/items';
import type { Jobs } from '@millrace/workflow/node-api';
import { In } from 'typeorm';
import { newId, PackageJobEntity, type Database, type PackageJobRow } from '../db/index.ts';
import { InvalidError } from '../platform/index.ts';
import { toJob } from './job-rows.ts';

export interface JobsOptions {
  readonly db: Database;
  /** Names of the jobs the installed packages have. */
  readonly known: ReadonlySet<string>;
  readonly now: () => number;
  /** Told when a job was stored. */
  stored(): void;
  /** Told when a job was canceled; it may run here. */
  canceled(id: string): void;
}

const OPEN = ['queued', 'running'] as const;
const MAX_LISTED = 250;

/** The jobs of one project: what routes and people may do with them. Running them is the runner's. */
export function createJobs(options: JobsOptions, projectId: string): Jobs {
  const { db, known, now } = options;
  const rows = db.source.getRepository(PackageJobEntity);

  const newRow = (name: string, input: JsonObject): PackageJobRow => ({
    id: newId(now()),
    projectId,
    name,
    status: 'queued',
    input: JSON.stringify(input),
    state: '{}',
    result: null,
    error: null,
    createdAt: now(),
    startedAt: null,
    finishedAt: null,
    leaseOwner: null,
    leaseUntil: null,
  });

  return {
    async start(name, input = {}, { single } = { single: false }) {
      if (!known.has(name))
        throw new InvalidError(
          `There is no job "${name}"`,
          `Use one of: ${[...known].join(', ') || 'none is installed'}`,
        );
      const row = newRow(name, input);
      const id = await db.transaction(async (manager) => {
        if (single && db.dialect === 'postgres')
          await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [projectId + name]);
        const open =
          single &&
          (await manager.findOneBy(PackageJobEntity, { projectId, name, status: In([...OPEN]) }));
        if (open) return open.id;
        await manager.insert(PackageJobEntity, row);
        return row.id;
      });
      options.stored();
      return { id };
    },

    async find(id) {
      const row = await rows.findOneBy({ id, projectId });
      return row ? toJob(row) : undefined;
    },

    async list({ name, limit = 50 } = {}) {
      const found = await rows.find({
        where: { projectId, ...(name !== undefined && { name }) },
        order: { id: 'DESC' },
        take: Math.min(limit, MAX_LISTED),
      });
      return found.map(toJob);
    },

    async cancel(id) {
      const { affected } = await db.transaction((manager) =>
        manager.update(
          PackageJobEntity,
          { id, projectId, status: In([...OPEN]) },
          { status: 'canceled', finishedAt: now(), leaseOwner: null, leaseUntil: null },
        ),
      );
      if (affected) options.canceled(id);
      return Boolean(affected);
    },
  };
}
