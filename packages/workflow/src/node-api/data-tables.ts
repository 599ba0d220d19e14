/** What a column of a data table holds. A date is an instant, written as ISO 8601. */
export type DataColumnType = 'string' | 'number' | 'boolean' | 'date';

export interface DataColumn {
  readonly name: string;
  readonly type: DataColumnType;
}

/** A table people made, without its rows. */
export interface DataTableInfo {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly columns: readonly DataColumn[];
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type DataValue = string | number | boolean | null;

/** A row with its `id` (1, 2, 3 …), `createdAt` and `updatedAt` (ISO 8601). */
export type DataRow = Readonly<Record<string, DataValue>>;

export type DataConditionKind =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'like'
  | 'ilike'
  | 'isEmpty'
  | 'isNotEmpty'
  | 'isTrue'
  | 'isFalse';

export interface DataCondition {
  readonly column: string;
  readonly condition: DataConditionKind;
  readonly value?: unknown;
}

/** Rows that fit all of the conditions, or any of them. Without conditions, every row. */
export interface DataFilter {
  readonly match: 'all' | 'any';
  readonly conditions: readonly DataCondition[];
}

export interface DataQuery {
  readonly filter?: DataFilter;
  readonly orderBy?: { readonly column: string; readonly direction: 'asc' | 'desc' };
  readonly limit?: number;
  readonly offset?: number;
}

/** The rows of one data table. Values are turned into the type of their column where that loses nothing. */
export interface DataTable {
  readonly info: DataTableInfo;
  insert(rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly DataRow[]>;
  find(query?: DataQuery): Promise<readonly DataRow[]>;
  count(filter?: DataFilter): Promise<number>;
  /** Gives the rows as they are afterwards. */
  update(
    filter: DataFilter,
    values: Readonly<Record<string, unknown>>,
  ): Promise<readonly DataRow[]>;
  /** Changes the rows that fit; where none does, adds one. */
  upsert(
    filter: DataFilter,
    values: Readonly<Record<string, unknown>>,
  ): Promise<readonly DataRow[]>;
  /** Gives the rows as they were. */
  remove(filter: DataFilter): Promise<readonly DataRow[]>;
}

/** The data tables of one project. */
export interface DataTables {
  list(): Promise<readonly DataTableInfo[]>;
  /** @throws {MillraceError} `RESOURCE_CONFLICT` when the name is taken. */
  create(table: {
    readonly name: string;
    readonly columns: readonly DataColumn[];
  }): Promise<DataTableInfo>;
  rename(id: string, name: string): Promise<DataTableInfo>;
  remove(id: string): Promise<void>;
  /** @throws {NotFoundError} */
  open(ref: { readonly id: string } | { readonly name: string }): Promise<DataTable>;
}
