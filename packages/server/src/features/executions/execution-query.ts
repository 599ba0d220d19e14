import type { ExecutionFilter } from '@millrace/api';
import type { SelectQueryBuilder } from 'typeorm';
import { ExecutionEntity, type Database, type ExecutionRow } from '../../db/index.ts';
import { matchText } from './search/match-text.ts';

export interface ExecutionQuery extends ExecutionFilter {
  /** Only of these workflows. */
  readonly within?: readonly string[] | undefined;
  /** Only those after the one this was made of, see `cursorOf`. */
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
  return rows.orderBy('e.createdAt', 'DESC').addOrderBy('e.id', 'DESC').take(take).getMany();
}

/** Where the next page goes on. */
export const cursorOf = ({ createdAt, id }: Pick<ExecutionRow, 'createdAt' | 'id'>): string =>
  `${createdAt}.${id}`;

function narrow(rows: SelectQueryBuilder<ExecutionRow>, db: Database, query: ExecutionQuery): void {
  const { within, cursor, workflowId, status, mode, since, until, text } = query;
  if (within) rows.andWhere('e.workflowId IN (:...within)', { within });
  if (cursor !== undefined) rows.andWhere('(e.createdAt, e.id) < (:at, :id)', readCursor(cursor));
  if (workflowId !== undefined) rows.andWhere('e.workflowId = :workflowId', { workflowId });
  if (status !== undefined) rows.andWhere(ofStatus(status));
  if (mode !== undefined) ofMode(rows, mode);
  if (since !== undefined) rows.andWhere('e.createdAt >= :since', { since: Date.parse(since) });
  if (until !== undefined) rows.andWhere('e.createdAt <= :until', { until: Date.parse(until) });
  if (query.customKey !== undefined) noted(rows, db, query.customKey, query.customValue);
  if (text !== undefined) {
    const { sql, parameters } = matchText(db, text);
    rows.andWhere(sql, parameters);
  }
}

/** A cursor made before they held the time is an id, which begins with it. */
function readCursor(cursor: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id };
  return { at: Number.parseInt(cursor.replace('-', '').slice(0, 12), 16) || 0, id: cursor };
}

/** Written out, so that SQLite too sees which index holds just these. */
const ofStatus = (status: NonNullable<ExecutionFilter['status']>): string => CONDITIONS[status];

const openWith = (status: string) => `e.status = '${status}' AND e.finishedAt IS NULL`;
const failedWith = (status: string) =>
  `e.status = '${status}' AND e.status IN ('error', 'canceled')`;

const CONDITIONS = {
  new: openWith('new'),
  running: openWith('running'),
  waiting: openWith('waiting'),
  success: "e.status = 'success'",
  error: failedWith('error'),
  canceled: failedWith('canceled'),
} as const;

/** Modes that production seldom has are indexed. */
function ofMode(rows: SelectQueryBuilder<ExecutionRow>, mode: string): void {
  rows.andWhere('e.mode = :mode', { mode });
  if (RARE_MODES.includes(mode)) rows.andWhere("e.mode IN ('manual', 'cli', 'error', 'retry')");
}

const RARE_MODES = ['manual', 'cli', 'error', 'retry'];

/** By custom execution data: it has the key, or the key with this value. */
function noted(
  rows: SelectQueryBuilder<ExecutionRow>,
  { dialect }: Database,
  key: string,
  value: string | undefined,
): void {
  const { hasKey, hasPair } = NOTED[dialect];
  rows.andWhere('e.customData IS NOT NULL').andWhere(value === undefined ? hasKey : hasPair, {
    customPath: `$."${key}"`,
    customKey: key,
    customValue: value,
    customPair: JSON.stringify({ [key]: value }),
  });
}

const NOTED = {
  sqlite: {
    hasKey: 'json_extract(e.customData, :customPath) IS NOT NULL',
    hasPair: 'json_extract(e.customData, :customPath) = :customValue',
  },
  postgres: {
    hasKey: 'CAST(e.customData AS jsonb) ->> :customKey IS NOT NULL',
    // Found first: Postgres thinks pairs common and would go through all that noted anything.
    hasPair: `e.id IN (WITH found AS MATERIALIZED (
      SELECT n."id" FROM "execution" n WHERE n."customData" IS NOT NULL
        AND CAST(n."customData" AS jsonb) @> CAST(:customPair AS jsonb)
    ) SELECT "id" FROM found)`,
  },
} as const;
