import { Type, type TSchema } from 'typebox';

/** A value that may not be known. */
export const maybe = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** `{ data, total }`, as the package gives lists. */
export const listOf = <S extends TSchema>(row: S) =>
  Type.Object({ data: Type.Array(row), total: Type.Integer() });

/** ms since 1970. */
export const Instant = Type.Number();

/** The answer to what goes on behind. */
export const JobStarted = Type.Object({ jobId: Type.String() });
