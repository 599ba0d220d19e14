import type { EntityManager } from 'typeorm';
import type { Database } from '../db/index.ts';

/** SQL with its values apart, as a driver takes it. */
export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
}

/** A part of a statement that is SQL itself, or means something else on each database. */
export interface Fragment {
  readonly postgres: string;
  readonly sqlite: string;
  /** Stands for `?` in the fragment. */
  readonly param?: { readonly postgres: unknown; readonly sqlite: unknown };
}

export type Sql = (parts: TemplateStringsArray, ...values: readonly unknown[]) => Statement;

/** SQL as it stands. */
export const raw = (text: string): Fragment => ({ postgres: text, sqlite: text });

/** `"id" ${anyOf(ids)}`: one of many, in one parameter. */
export const anyOf = (ids: readonly string[]): Fragment => ({
  postgres: '= ANY(?)',
  sqlite: 'IN (SELECT value FROM json_each(?))',
  param: { postgres: ids, sqlite: JSON.stringify(ids) },
});

/** A template tag that makes statements: what is put in travels as parameters, fragments as SQL. */
export function sqlFor({ dialect }: Pick<Database, 'dialect'>): Sql {
  return (parts, ...values) => {
    const params: unknown[] = [];
    const place = (value: unknown) => {
      params.push(value);
      return dialect === 'postgres' ? `$${params.length}` : '?';
    };
    const write = (value: unknown) => {
      if (!isFragment(value)) return place(value);
      const { param } = value;
      return param ? value[dialect].replace('?', () => place(param[dialect])) : value[dialect];
    };
    const text = parts.map((part, index) =>
      index < values.length ? part + write(values[index]) : part,
    );
    return { text: text.join(''), params };
  };
}

const isFragment = (value: unknown): value is Fragment =>
  typeof value === 'object' && value !== null && 'postgres' in value && 'sqlite' in value;

/** Runs an `UPDATE … RETURNING` and gives its rows, which the drivers wrap differently. */
export async function returning<T>(
  manager: EntityManager,
  { text, params }: Statement,
): Promise<readonly T[]> {
  const result: readonly T[] | readonly [readonly T[], number] = await manager.query(text, [
    ...params,
  ]);
  return isWrapped(result) ? result[0] : result;
}

/** {@link returning}, as a transaction of its own: one statement needs no more than one journey. */
export const changed = <T>(db: Database, statement: Statement): Promise<readonly T[]> =>
  db.turn(() => returning<T>(db.source.manager, statement));

const isWrapped = <T>(
  result: readonly T[] | readonly [readonly T[], number],
): result is readonly [readonly T[], number] => Array.isArray(result[0]);
