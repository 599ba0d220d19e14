import type { Credential, CredentialInput, CredentialPatch, ProjectRole } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import { In, LessThan } from 'typeorm';
import { CredentialEntity, newId, type CredentialRow, type Database } from '../../db/index.ts';
import { storedLimit } from '../../runtime/index.ts';
import { toPage, type Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';
import type { CredentialTypes } from '../../egress/index.ts';
import { refuseWidening } from './host-widening.ts';
import { filledFields, listIn, type CredentialSecrets } from './credential-secrets.service.ts';
import type { Vault } from './vault.ts';

export type CredentialService = ReturnType<typeof createCredentialService>;

interface CredentialServiceOptions {
  readonly db: Database;
  readonly projects: ProjectService;
  readonly vault: Vault;
  readonly secrets: CredentialSecrets;
  readonly types: CredentialTypes;
  readonly now?: () => number;
}

interface ListOptions {
  readonly limit?: number;
  readonly cursor?: string;
  readonly type?: string;
  readonly projectId?: string;
}

/** Credentials as people see them: what is sealed goes in here and never comes out. */
export function createCredentialService(options: CredentialServiceOptions) {
  const { db, projects, vault, secrets, types, now = Date.now } = options;
  const rows = db.source.getRepository(CredentialEntity);

  async function find(caller: Caller, id: string, need: ProjectRole): Promise<CredentialRow> {
    const row = await rows.findOneBy({ id });
    if (!row) throw new NotFoundError('credential', id);
    await projects.require(caller, row.projectId, need, { kind: 'credential', id });
    return row;
  }

  return {
    find,

    async list(caller: Caller, { limit = 100, cursor, type, projectId }: ListOptions) {
      const visible = await projects.visibleTo(caller);
      const asked = projectId === undefined ? visible : [projectId];
      const allowed = asked?.filter((id) => visible?.includes(id) ?? true);
      const found = await rows.find({
        where: {
          ...(cursor !== undefined && { id: LessThan(cursor) }),
          ...(type !== undefined && { type }),
          ...(allowed && { projectId: In(allowed) }),
        },
        order: { id: 'DESC' },
        take: limit + 1,
      });
      return toPage(found, limit, ({ id }) => id, toCredential);
    },

    get: async (caller: Caller, id: string) => toCredential(await find(caller, id, 'viewer')),

    async create(caller: Caller, input: CredentialInput) {
      const projectId = input.projectId ?? (await projects.personalIdOf(caller));
      await projects.require(caller, projectId, 'editor', { kind: 'project', id: projectId });
      const id = newId(now());
      const row: CredentialRow = {
        id,
        projectId,
        name: input.name,
        type: input.type,
        ...vault.seal(id, input.data),
        hosts: JSON.stringify(input.hosts ?? []),
        filledFields: filledFields(input.data),
        limits: limitText(input.limits),
        createdAt: now(),
        updatedAt: now(),
      };
      await db.transaction((manager) => manager.insert(CredentialEntity, row));
      return toCredential(row);
    },

    async update(caller: Caller, id: string, { name, data, hosts, limits }: CredentialPatch) {
      const { type } = await find(caller, id, 'editor');
      const merge = (stored: JsonObject, bound: readonly string[]) =>
        refuseWidening(types, type, {
          before: { hosts: bound, data: stored },
          after: { hosts: hosts ?? bound, data: { ...stored, ...data } },
          entered: data ?? {},
        });
      const row = await secrets.change(id, merge, {
        ...(name !== undefined && { name }),
        ...(hosts !== undefined && { hosts: JSON.stringify(hosts) }),
        ...(limits !== undefined && { limits: limitText(limits) }),
      });
      return toCredential(row);
    },

    async remove(caller: Caller, id: string) {
      await find(caller, id, 'editor');
      await db.transaction((manager) => manager.delete(CredentialEntity, { id }));
    },
  };
}

/** Nothing is stored for no limit. */
const limitText = (limits: CredentialInput['limits']) =>
  limits && (limits.maxConcurrency !== undefined || limits.rate) ? JSON.stringify(limits) : null;

const toCredential = (row: CredentialRow): Credential => ({
  id: row.id,
  name: row.name,
  type: row.type,
  projectId: row.projectId,
  hosts: listIn(row.hosts),
  filledFields: listIn(row.filledFields),
  limits: storedLimit(row.limits) ?? null,
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
});
