import { Type, type Static } from 'typebox';
import { Instant } from './shapes.ts';

/** What a programme came to believe, with its doubt. */
export const Learning = Type.Object({
  id: Type.String(),
  programme: Type.String(),
  /** `action:newPage`, `success:tone=warm` */
  subject: Type.String(),
  metric: Type.String(),
  mean: Type.Number(),
  sd: Type.Number(),
  /** Outcomes it rests on. */
  count: Type.Integer(),
  updatedAt: Instant,
});
export type Learning = Static<typeof Learning>;
