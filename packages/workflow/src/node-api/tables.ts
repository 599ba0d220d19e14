import type { NewRow, Row, TableDeclaration } from './table.ts';

/**
 * What a column has to be. A plain value means equal, `null` means that it is not set. For tables
 * made at run time, whose columns have no type, it is checked only when it is asked.
 */
export type Condition<Value> = unknown extends Value
  ? unknown
  : [NonNullable<Value>] extends [object]
    ? { readonly isNull: boolean }
    : | Value
      | {
          readonly in?: readonly Value[];
          readonly not?: Value;
          readonly lt?: NonNullable<Value>;
          readonly lte?: NonNullable<Value>;
          readonly gt?: NonNullable<Value>;
          readonly gte?: NonNullable<Value>;
          readonly isNull?: boolean;
          /** `%` is any text, `_` any character; letters match in either case. */
          readonly like?: string;
          /** Holds this text, in either case. */
          readonly contains?: string;
        };

/** All of its conditions have to hold, with `and` those too, with `or` one of those. `{}` is every row. */
export type Where<T extends TableDeclaration> = {
  readonly [K in keyof Row<T>]?: Condition<Row<T>[K]>;
} & { readonly and?: readonly Where<T>[]; readonly or?: readonly Where<T>[] };

/** Sorted by these, the first first. Null comes before everything else. */
export type OrderBy<Name extends PropertyKey> = Readonly<Partial<Record<Name, 'asc' | 'desc'>>>;

export interface Query<T extends TableDeclaration, Name extends keyof Row<T> = keyof Row<T>> {
  readonly where?: Where<T>;
  readonly orderBy?: OrderBy<keyof Row<T>>;
  readonly limit?: number;
  readonly offset?: number;
  /** Only these. All when left out. */
  readonly columns?: readonly Name[];
}

/** A figure over the rows of a group. */
export type Aggregate<Name extends PropertyKey> =
  | 'count'
  | { readonly sum: Name }
  | { readonly avg: Name }
  | { readonly min: Name }
  | { readonly max: Name };

export interface Grouping<
  T extends TableDeclaration,
  By extends keyof Row<T>,
  F extends Readonly<Record<string, Aggregate<keyof Row<T>>>>,
> {
  /** One row for each combination of their values; none makes one row over all. */
  readonly by: readonly By[];
  /** By the name they get in the result. */
  readonly figures: F;
  readonly where?: Where<T>;
  readonly orderBy?: OrderBy<By | keyof F>;
  readonly limit?: number;
}

/** The figures of a group. Over no values, all but a count are null. */
export type Figures<F> = { [K in keyof F]: F[K] extends 'count' ? number : number | null };

export interface UpsertOptions<T extends TableDeclaration> {
  /** The primary key or a unique key of the table: rows that agree in it are the same row. */
  readonly by: readonly (keyof Row<T>)[];
  /** What is overwritten of a row that is there; all columns that are given when left out. */
  readonly update?: readonly (keyof Row<T>)[];
}

/** The rows of one table that belong to one project. Values are always bound, never made into SQL. */
export interface TableStore<T extends TableDeclaration> {
  /** Adds one row and gives it back with what was filled in. */
  insert(row: NewRow<T>): Promise<Row<T>>;
  /**
   * Adds rows, all or none. Gives how many were added.
   *
   * @param options.onConflict - `skip` leaves out rows whose key is there already; otherwise that
   *   is `RESOURCE_CONFLICT`.
   */
  insertMany(
    rows: readonly NewRow<T>[],
    options?: { readonly onConflict: 'skip' },
  ): Promise<number>;
  /** Adds rows, or overwrites those with the same key; all or none. The last of equal rows counts. */
  upsertMany(rows: readonly NewRow<T>[], options: UpsertOptions<T>): Promise<number>;
  /** Changes the rows that fit and gives how many that were. */
  update(where: Where<T>, values: Readonly<Partial<Row<T>>>): Promise<number>;
  /**
   * Changes rows by their key, each to values of its own; all or none. Every row names the same
   * columns, the last of equal rows counts, and those that are not there are left out.
   *
   * @param options.by - The primary key or a unique key of the table.
   * @returns How many were changed.
   */
  updateMany<Name extends keyof Row<T>>(
    rows: readonly Readonly<Partial<Row<T>> & Pick<Row<T>, NoInfer<Name>>>[],
    options: { readonly by: readonly Name[] },
  ): Promise<number>;
  /** Removes the rows that fit and gives how many that were. */
  remove(where: Where<T>): Promise<number>;
  /** The rows that fit. Without a limit, more than 100,000 is `RESOURCE_TOO_LARGE`: use `pages`. */
  find<Name extends keyof Row<T> = keyof Row<T>>(
    query?: Query<T, Name>,
  ): Promise<Pick<Row<T>, Name>[]>;
  findOne(where: Where<T>): Promise<Row<T> | undefined>;
  /** All rows that fit, in the order of the primary key, `size` (1,000) at a time. */
  pages<Name extends keyof Row<T> = keyof Row<T>>(
    query?: Pick<Query<T, Name>, 'where' | 'columns'> & { readonly size?: number },
  ): AsyncIterable<Pick<Row<T>, Name>[]>;
  count(where?: Where<T>): Promise<number>;
  groupBy<
    By extends keyof Row<T>,
    const F extends Readonly<Record<string, Aggregate<keyof Row<T>>>>,
  >(
    grouping: Grouping<T, By, F>,
  ): Promise<(Pick<Row<T>, By> & Figures<F>)[]>;
}

/** The tables of the installed packages, as one project sees them. */
export interface Tables {
  /** @throws {MillraceError} `NODE_PACKAGE_INVALID` for a table that no installed package lists. */
  open<T extends TableDeclaration>(table: T): TableStore<T>;
  /**
   * Does all of `work` or nothing of it. Inside, use the tables it is given: on SQLite, others wait
   * until it is over.
   */
  transaction<Result>(work: (tables: Tables) => Promise<Result>): Promise<Result>;
}
