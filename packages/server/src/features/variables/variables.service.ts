import type { Variable, VariableInput } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { MoreThan } from 'typeorm';
import { newId, VariableEntity, type Database } from '../../db/index.ts';
import { ConflictError, toPage } from '../../platform/index.ts';

export type VariableService = ReturnType<typeof createVariableService>;

/** Variables: values expressions read as `$vars.key`. */
export function createVariableService(db: Database, now: () => number = Date.now) {
  const variables = db.source.getRepository(VariableEntity);

  async function get(id: string): Promise<Variable> {
    const row = await variables.findOneBy({ id });
    if (!row) throw new NotFoundError('variable', id);
    return row;
  }

  async function refuseTaken(key: string, id?: string): Promise<void> {
    const same = await variables.findOneBy({ key });
    if (same && same.id !== id)
      throw new ConflictError(`There is a variable "${key}" already`, 'Change that one');
  }

  return {
    get,

    async list({ limit = 100, cursor }: { limit?: number; cursor?: string }) {
      const rows = await variables.find({
        where: cursor === undefined ? {} : { key: MoreThan(cursor) },
        order: { key: 'ASC' },
        take: limit + 1,
      });
      return toPage(
        rows,
        limit,
        ({ key }) => key,
        (row): Variable => row,
      );
    },

    async create(input: VariableInput): Promise<Variable> {
      await refuseTaken(input.key);
      const row = { id: newId(now()), ...input };
      await db.transaction((manager) => manager.insert(VariableEntity, row));
      return row;
    },

    async update(id: string, input: Partial<VariableInput>): Promise<Variable> {
      const changed = { ...(await get(id)), ...input };
      await refuseTaken(changed.key, id);
      await db.transaction((manager) => manager.update(VariableEntity, { id }, changed));
      return changed;
    },

    async remove(id: string): Promise<void> {
      await get(id);
      await db.transaction((manager) => manager.delete(VariableEntity, { id }));
    },
  };
}
