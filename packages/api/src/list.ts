import { Type, type TSchema } from 'typebox';

/** Query of every list: at most `limit` rows after `cursor`. */
export const ListQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 250, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});

/** Reply of every list. `nextCursor` is null on the last page. */
export const listOf = <S extends TSchema>(row: S) =>
  Type.Object({ data: Type.Array(row), nextCursor: Type.Union([Type.String(), Type.Null()]) });

/** Path parameters of one thing. */
export const IdParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });

/** An instant: ISO 8601 in UTC. */
export const Instant = Type.String({ format: 'date-time' });

/** An instant, or null when it has not come. */
export const MaybeInstant = Type.Union([Instant, Type.Null()]);

export const Nothing = Type.Null();
