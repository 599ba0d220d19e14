import type { SelectQueryBuilder } from 'typeorm';
import { ExecutionEntity, type Database, type ExecutionRow } from '../../db/index.ts';

/** Which executions a rule is about. */
export type Scope =
  { readonly workflow: string } | { readonly allBut: readonly string[] } | { readonly all: true };

/** A point in the order of creation: what ended and lies at or before it may go. */
export interface Line {
  readonly createdAt: number;
  readonly id: string;
}

export type EndedExecutions = ReturnType<typeof createEndedExecutions>;

/** Executions that have ended, oldest first. Open and waiting ones are never touched. */
export function createEndedExecutions(db: Database) {
  const ended = (scope: Scope) => {
    const query = db.source
      .getRepository(ExecutionEntity)
      .createQueryBuilder('e')
      .where('e."finishedAt" IS NOT NULL');
    return withinScope(query, scope);
  };
  const lineAt = (query: SelectQueryBuilder<ExecutionRow>, offset: number) =>
    query
      .select(['e.id', 'e.createdAt'])
      .offset(offset)
      .limit(1)
      .getOne()
      .then((row): Line | undefined => row ?? undefined);

  return {
    count: (scope: Scope) => ended(scope).getCount(),
    /** The newest one that goes when `keep` are kept. */
    lineAfterNewest: (scope: Scope, keep: number) =>
      lineAt(ended(scope).orderBy('e.createdAt', 'DESC').addOrderBy('e.id', 'DESC'), keep),
    /** The `count`th oldest. */
    lineOfOldest: (scope: Scope, count: number) =>
      lineAt(ended(scope).orderBy('e.createdAt').addOrderBy('e.id'), count - 1),

    /** Deletes at most `limit` of the oldest at or before the line, with all that hangs on them. */
    async deleteBatch(scope: Scope, { createdAt, id }: Line, limit: number): Promise<number> {
      const rows = await ended(scope)
        .andWhere(
          '(e."createdAt" < :createdAt OR (e."createdAt" = :createdAt AND e."id" <= :id))',
          { createdAt, id },
        )
        .select('e.id')
        .orderBy('e.createdAt')
        .limit(limit)
        .getMany();
      if (!rows.length) return 0;
      await db.transaction((manager) =>
        manager.delete(
          ExecutionEntity,
          rows.map((row) => row.id),
        ),
      );
      return rows.length;
    },
  };
}

function withinScope(
  query: SelectQueryBuilder<ExecutionRow>,
  scope: Scope,
): SelectQueryBuilder<ExecutionRow> {
  if ('workflow' in scope) return query.andWhere('e."workflowId" = :workflow', scope);
  if ('allBut' in scope && scope.allBut.length)
    return query.andWhere('e."workflowId" NOT IN (:...allBut)', scope);
  return query;
}
