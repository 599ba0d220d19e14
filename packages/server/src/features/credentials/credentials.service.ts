import type { Credential, CredentialInput, CredentialPatch, ProjectRole } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import { In, LessThan } from 'typeorm';
import {
  CredentialEntity,
  newId,
  WorkflowEntity,
  type CredentialRow,
  type Database,
} from '../../db/index.ts';
import { toPage, type Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';
import { CredentialMissingError } from './credential-missing.error.ts';
import type { Vault } from './vault.ts';

export type CredentialService = ReturnType<typeof createCredentialService>;

interface CredentialServiceOptions {
  readonly db: Database;
  readonly projects: ProjectService;
  readonly vault: Vault;
  readonly now?: () => number;
}

interface ListOptions {
  readonly limit?: number;
  readonly cursor?: string;
  readonly type?: string;
  readonly projectId?: string;
}

/** Credentials. What is sealed goes in by save and out only by {@link CredentialService.credential}. */
export function createCredentialService(options: CredentialServiceOptions) {
  const { db, projects, vault, now = Date.now } = options;
  const rows = db.source.getRepository(CredentialEntity);

  async function find(caller: Caller, id: string, need: ProjectRole): Promise<CredentialRow> {
    const row = await rows.findOneBy({ id });
    if (!row) throw new NotFoundError('credential', id);
    await projects.require(caller, row.projectId, need, { kind: 'credential', id });
    return row;
  }

  return {
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
        createdAt: now(),
        updatedAt: now(),
      };
      await db.transaction((manager) => manager.insert(CredentialEntity, row));
      return toCredential(row);
    },

    async update(caller: Caller, id: string, { name, data, hosts }: CredentialPatch) {
      const row = await find(caller, id, 'editor');
      const merged =
        data && new Map([...Object.entries(vault.open(id, row)), ...Object.entries(data)]);
      const secrets = merged && Object.fromEntries(merged);
      const changes = {
        ...(name !== undefined && { name }),
        ...(hosts !== undefined && { hosts: JSON.stringify(hosts) }),
        ...(secrets && { ...vault.seal(id, secrets), filledFields: filledFields(secrets) }),
        updatedAt: now(),
      };
      await db.transaction((manager) => manager.update(CredentialEntity, { id }, changes));
      return toCredential({ ...row, ...changes });
    },

    async remove(caller: Caller, id: string) {
      await find(caller, id, 'editor');
      await db.transaction((manager) => manager.delete(CredentialEntity, { id }));
    },

    /**
     * The secrets a node of a workflow may use: of its own project, of the type it asks for.
     * @throws {CredentialMissingError} for everything else: absent and forbidden look the same.
     */
    async credential(
      type: string,
      ref: { readonly id: string | null; readonly name: string },
      workflowId: string,
    ): Promise<JsonObject> {
      const workflow = await db.source
        .getRepository(WorkflowEntity)
        .findOne({ where: { id: workflowId }, select: { id: true, projectId: true } });
      const row =
        workflow &&
        (await rows.findOneBy({
          type,
          projectId: workflow.projectId,
          ...(ref.id === null ? { name: ref.name } : { id: ref.id }),
        }));
      if (!row) throw new CredentialMissingError(type, ref.name);
      const hosts = listIn(row.hosts);
      // n8n's own names for the hosts a credential is bound to: the HTTP client reads them.
      const bound = hosts.length > 0 && {
        allowedHttpRequestDomains: 'domains',
        allowedDomains: hosts.join(','),
      };
      return { ...vault.open(row.id, row), ...bound };
    },
  };
}

const filledFields = (data: JsonObject) =>
  JSON.stringify(
    Object.entries(data)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([key]) => key),
  );

function listIn(text: string): string[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [];
}

const toCredential = (row: CredentialRow): Credential => ({
  id: row.id,
  name: row.name,
  type: row.type,
  projectId: row.projectId,
  hosts: listIn(row.hosts),
  filledFields: listIn(row.filledFields),
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
});
