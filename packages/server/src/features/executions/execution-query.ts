import type { ExecutionFilter } from '@millrace/api';
import type { SelectQueryBuilder } from 'typeorm';
import { ExecutionEntity, type Database, type ExecutionRow } from '../../db/index.ts';
import { matchText } from './search/match-text.ts';

export interface ExecutionQuery extends ExecutionFilter {
  /** Only of these workflows. */
  readonly within?: readonly string[] | undefined;
  /** Only those with a smaller id. */
  readonly cursor?: string | undefined;
}

/** Executions that fit all of the filters, newest first. */
export async function findExecutions(
  db: Database,
  query: ExecutionQuery,
  take: number,
): Promise<ExecutionRow[]> {
  if (query.within?.length === 0) return [];
  const rows = db.source.getRepository(ExecutionEntity).createQueryBuilder('e');
  narrow(rows, db, query);
  return rows.orderBy('e.id', 'DESC').take(take).getMany();
}

function narrow(rows: SelectQueryBuilder<ExecutionRow>, db: Database, query: ExecutionQuery): void {
  const { within, cursor, workflowId, status, mode, since, until, text } = query;
  if (within) rows.andWhere('e.workflowId IN (:...within)', { within });
  if (cursor !== undefined) rows.andWhere('e.id < :cursor', { cursor });
  if (workflowId !== undefined) rows.andWhere('e.workflowId = :workflowId', { workflowId });
  if (status !== undefined) rows.andWhere('e.status = :status', { status });
  if (mode !== undefined) rows.andWhere('e.mode = :mode', { mode });
  if (since !== undefined) rows.andWhere('e.createdAt >= :since', { since: Date.parse(since) });
  if (until !== undefined) rows.andWhere('e.createdAt <= :until', { until: Date.parse(until) });
  if (query.customKey !== undefined) noted(rows, db, query.customKey, query.customValue);
  if (text !== undefined) {
    const { sql, parameters } = matchText(db, text);
    rows.andWhere(sql, parameters);
  }
}

/** By custom execution data: it has the key, or the key with this value. */
function noted(
  rows: SelectQueryBuilder<ExecutionRow>,
  { dialect }: Database,
  key: string,
  value: string | undefined,
): void {
  const found =
    dialect === 'sqlite'
      ? 'json_extract(e.customData, :customPath)'
      : 'CAST(e.customData AS jsonb) ->> :customKey';
  rows.andWhere(value === undefined ? `${found} IS NOT NULL` : `${found} = :customValue`, {
    customPath: `$."${key}"`,
    customKey: key,
    customValue: value,
  });
}
