import { IsNull, LessThan } from 'typeorm';
import { ExecutionEntity, SettingEntity, type Database } from '../../../db/index.ts';

/** Which ended executions are in the search index, so that a search looks at few of millions. */
export interface Coverage {
  /** Begins to look for what is missing. @param settled - Smaller ids are all stored. */
  open(settled: string): Promise<{
    /** Ended executions that are not indexed, newest first; none when all are. */
    next(take: number): Promise<string[]>;
    /** All that was missing is indexed: remembered also after a restart. */
    close(): Promise<void>;
  }>;
}

interface Covered {
  /** Smaller ids are indexed… */
  readonly upTo: string;
  /** …but for these, which had not ended, and their children. */
  readonly except: readonly string[];
}

/** Ids `from` on and smaller than `below`. */
interface Range {
  readonly from: string;
  below: string;
}

const KEY = 'execution-search';
const NOTHING: Covered = { upTo: '', except: [] };
/** Sorts after every id, in every collation. */
const END = 'zzzz';
/** The part of an id that an execution shares with its children. */
const TIME_LENGTH = 13;
/** With more that have not ended, only what is older than the oldest of them counts as indexed. */
const MAX_EXCEPT = 2000;

export function createCoverage(db: Database): Coverage {
  const executions = () => db.source.getRepository(ExecutionEntity);
  const state: { covered?: Covered; top: string; missing: Range[] } = { top: '', missing: [] };

  async function load(): Promise<Covered> {
    if (state.covered) return state.covered;
    const row = await db.source.getRepository(SettingEntity).findOneBy({ key: KEY });
    const covered: Covered = row ? JSON.parse(row.value) : NOTHING;
    state.top = covered.upTo;
    return (state.covered = covered);
  }

  async function save(covered: Covered): Promise<void> {
    state.covered = covered;
    const value = JSON.stringify(covered);
    await db.transaction((manager) => manager.upsert(SettingEntity, { key: KEY, value }, ['key']));
  }

  /** Up to where ids can count as covered, and which of them are still open. */
  async function edgeOf(settled: string): Promise<Covered> {
    const rows = await executions().find({
      where: { finishedAt: IsNull(), id: LessThan(settled) },
      select: { id: true },
      order: { id: 'ASC' },
      take: MAX_EXCEPT + 1,
    });
    const ids = rows.map(({ id }) => id);
    const [oldest] = ids;
    return ids.length > MAX_EXCEPT && oldest !== undefined
      ? { upTo: oldest, except: [] }
      : { upTo: settled, except: ids };
  }

  /** Those that were open and have ended since, and what they called. */
  async function endedOf(ids: readonly string[], take: number): Promise<string[]> {
    const times = [...new Set(ids.map((id) => id.slice(0, TIME_LENGTH)))];
    if (!times.length) return [];
    const given = db.dialect === 'postgres' ? times : JSON.stringify(times);
    const rows: readonly { id: string }[] = await db.source.query(ENDED[db.dialect], [given, take]);
    return rows.map(({ id }) => id);
  }

  async function missingIn({ from, below }: Range, take: number): Promise<string[]> {
    const rows = await executions()
      .createQueryBuilder('e')
      .select('e.id')
      .leftJoin('execution_search', 's', 's."executionId" = e.id')
      .where('s."executionId" IS NULL AND e.finishedAt IS NOT NULL')
      .andWhere('e.id >= :from AND e.id < :below', { from, below })
      .orderBy('e.id', 'DESC')
      .limit(take)
      .getMany();
    return rows.map(({ id }) => id);
  }

  return {
    async open(settled) {
      const covered = await load();
      const edge = await edgeOf(settled);
      // What an earlier search had no time for comes after what is new since then.
      state.missing.unshift({ from: state.top, below: END });
      state.top = edge.upTo;
      const late = new Set([...covered.except, ...edge.except]);
      state.covered = { ...covered, except: [...late] };
      return {
        async next(take) {
          const ended = await endedOf([...late], take);
          if (ended.length) return ended;
          late.clear();
          state.covered = { ...covered, except: edge.except };
          for (let range = state.missing[0]; range; range = state.missing[0]) {
            const ids = await missingIn(range, take);
            range.below = ids.at(-1) ?? range.from;
            if (ids.length < take) state.missing.shift();
            if (ids.length) return ids;
          }
          return [];
        },
        close: () => save({ upTo: state.top, except: edge.except }),
      };
    },
  };
}

/** Of those with one time; a letter after the hyphen sorts after every digit an id may have there. */
const endedAt = (time: string) => `e."id" >= ${time} AND e."id" < ${time} || '-z'
  AND e."finishedAt" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "execution_search" s WHERE s."executionId" = e."id")`;

const ENDED = {
  // The inner limit tells Postgres that each time has few.
  postgres: `SELECT found."id" FROM unnest(CAST($1 AS text[])) AS t("time")
    CROSS JOIN LATERAL (
      SELECT e."id" FROM "execution" e WHERE ${endedAt('t."time"')} ORDER BY e."id" DESC LIMIT $2
    ) found LIMIT $2`,
  sqlite: `SELECT e."id" FROM json_each(?) AS t
    JOIN "execution" e ON ${endedAt('t."value"')} LIMIT ?`,
} as const;
