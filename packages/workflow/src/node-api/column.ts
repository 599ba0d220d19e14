/** What a column holds. A timestamp is ms since the epoch; JSON is kept as text. */
export type ColumnType = 'text' | 'integer' | 'real' | 'boolean' | 'timestamp' | 'json';

/** A row of another table of the same project, by one of its columns. */
export interface ColumnReference {
  /** Full name of the table. */
  readonly table: string;
  /** `id` when left out. With `projectId` it has to be that table's primary key. */
  readonly column?: string;
  /** This row goes with that one. Absent: that one cannot go while this one names it. */
  readonly onDelete?: 'cascade';
}

/**
 * One column of a package's table.
 *
 * `Value` is the type of its values and `Optional` says that an insert may leave it out. `Value` is
 * phantom: {@link Column.value} is never set.
 */
export interface Column<Value = unknown, Optional extends boolean = boolean> {
  readonly type: ColumnType;
  readonly isNullable: boolean;
  readonly isOptional: Optional;
  /** What rows get that leave it out, and old rows when the column is added. */
  readonly fallback?: string | number | boolean;
  /** Filled in by the store: a fresh id, or the time of the insert or of the last write. */
  readonly generated?: 'id' | 'createdAt' | 'updatedAt';
  readonly references?: ColumnReference;
  /** The only values a text column takes. */
  readonly choices?: readonly string[];
  readonly value?: Value;
}

type Needed<Value> = Column<Value, false>;
type LeftOut<Value> = Column<Value, true>;

const plain = <Value>(type: ColumnType): Needed<Value> => ({
  type,
  isNullable: false,
  isOptional: false,
});

/** Builders of columns. Nothing is null unless it says so. */
export const c = {
  text: () => plain<string>('text'),
  /** Whole numbers that JavaScript holds exactly. */
  integer: () => plain<number>('integer'),
  real: () => plain<number>('real'),
  boolean: () => plain<boolean>('boolean'),
  /** ms since the epoch. */
  timestamp: () => plain<number>('timestamp'),
  /** Any JSON; name its type. It cannot be searched. */
  json: <Value = unknown>() => plain<Value>('json'),
  /** Text that is one of these. */
  oneOf: <const Choice extends string>(choices: readonly Choice[]): Needed<Choice> => ({
    ...plain<Choice>('text'),
    choices,
  }),
  /** Text that the store fills with a fresh UUID (version 7, so later ids sort later). */
  id: (): LeftOut<string> => ({ ...plain<string>('text'), isOptional: true, generated: 'id' }),
  /** When the row came. An upsert keeps it. */
  createdAt: (): LeftOut<number> => ({
    ...plain<number>('timestamp'),
    isOptional: true,
    generated: 'createdAt',
  }),
  /** When the row was last written. */
  updatedAt: (): LeftOut<number> => ({
    ...plain<number>('timestamp'),
    isOptional: true,
    generated: 'updatedAt',
  }),
  /** May be null, and is null when left out. */
  nullable: <Value>(column: Column<Value>): LeftOut<Value | null> => ({
    ...column,
    isNullable: true,
    isOptional: true,
  }),
  /** Has this value when left out. */
  withDefault: <Value extends string | number | boolean, Fallback extends Value>(
    column: Column<Value>,
    fallback: Fallback,
  ): LeftOut<Value> => ({ ...column, isOptional: true, fallback }),
  /** Names a row of another table; the database holds it to that. */
  references: <Value, IsOptional extends boolean>(
    column: Column<Value, IsOptional>,
    references: ColumnReference,
  ): Column<Value, IsOptional> => ({ ...column, references }),
};
