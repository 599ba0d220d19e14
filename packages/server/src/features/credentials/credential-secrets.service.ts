import { NotFoundError } from '@millrace/workflow/errors';
import type { Limit } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { EntityManager } from 'typeorm';
import {
  CredentialEntity,
  WorkflowEntity,
  type CredentialRow,
  type Database,
} from '../../db/index.ts';
import { storedLimit } from '../../runtime/index.ts';
import { CredentialMissingError } from './credential-missing.error.ts';
import type { Vault } from './vault.ts';

/** A credential with its secrets in the clear. Never logged, never answered. */
export interface OpenedCredential {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly type: string;
  /** Hosts the user bound it to; empty leaves it to its type. */
  readonly hosts: readonly string[];
  /** How many may use it at once, and how often. */
  readonly limits?: Limit | undefined;
  readonly data: JsonObject;
}

export type CredentialSecrets = ReturnType<typeof createCredentialSecrets>;

/** The only door to what is sealed. */
export function createCredentialSecrets({
  db,
  vault,
  now = Date.now,
}: {
  readonly db: Database;
  readonly vault: Vault;
  readonly now?: () => number;
}) {
  const rows = db.source.getRepository(CredentialEntity);

  const opened = (row: CredentialRow): OpenedCredential => ({
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    type: row.type,
    hosts: listIn(row.hosts),
    limits: storedLimit(row.limits),
    data: vault.open(row.id, row),
  });

  /** Two changes at once would each seal what they read: the second waits and reads the first's. */
  async function locked(manager: EntityManager, id: string): Promise<CredentialRow> {
    const row = await manager.findOne(CredentialEntity, {
      where: { id },
      ...(db.dialect === 'postgres' && { lock: { mode: 'pessimistic_write' as const } }),
    });
    if (!row) throw new NotFoundError('credential', id);
    return row;
  }

  return {
    async byId(id: string): Promise<OpenedCredential> {
      const row = await rows.findOneBy({ id });
      if (!row) throw new NotFoundError('credential', id);
      return opened(row);
    },

    /**
     * What a node of a workflow may use: of its own project, of the type it asks for.
     * @throws {CredentialMissingError} for everything else: absent and forbidden look the same.
     */
    async ofWorkflow(
      type: string,
      ref: { readonly id: string | null; readonly name: string },
      workflowId: string,
    ): Promise<OpenedCredential> {
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
      return opened(row);
    },

    /** The project's first credential of a type: for work that belongs to no workflow and chose none. */
    async ofProject(type: string, projectId: string): Promise<OpenedCredential | undefined> {
      const row = await rows.findOne({
        where: { type, projectId },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      return row ? opened(row) : undefined;
    },

    /** Seals what `change` makes of the data, with nobody else changing it meanwhile. */
    async change(
      id: string,
      change: (data: JsonObject, hosts: readonly string[]) => JsonObject,
      more: Partial<Pick<CredentialRow, 'name' | 'hosts' | 'limits'>> = {},
    ): Promise<CredentialRow> {
      return db.transaction(async (manager) => {
        const row = await locked(manager, id);
        const data = change(vault.open(id, row), listIn(row.hosts));
        const changes = {
          ...more,
          ...vault.seal(id, data),
          filledFields: filledFields(data),
          updatedAt: now(),
        };
        await manager.update(CredentialEntity, { id }, changes);
        return { ...row, ...changes };
      });
    },
  };
}

/** JSON list of the fields that hold a value. */
export const filledFields = (data: JsonObject) =>
  JSON.stringify(
    Object.entries(data)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([key]) => key),
  );

export function listIn(text: string): string[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [];
}
