import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, maybe } from './shapes.ts';

/** A piece that goes out at a time on a channel. */
export const Slot = Type.Object({
  id: Type.String(),
  channel: Type.String(),
  plannedAt: Instant,
  /** The wall clock it was planned on: `2026-11-21T09:00` in `zone`. */
  localTime: Type.String(),
  zone: Type.String(),
  state: Type.String(),
  content: maybe(Type.Object({ kind: Type.String(), title: Type.String() })),
});
export type Slot = Static<typeof Slot>;

/** Another day or time, on the clock of the channel; what is left out stays. */
export const movePlanned = endpoint({
  method: 'PATCH',
  url: '/marketing/schedule/:id',
  access: 'marketing:run',
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ day: Type.Optional(Type.String()), time: Type.Optional(Type.String()) }),
  response: { 200: Type.Object({ localTime: Type.String() }) },
});

export const getCalendar = endpoint({
  method: 'GET',
  url: '/marketing/workflows/content/calendar',
  access: 'marketing:read',
  querystring: Type.Object({ from: Type.String(), to: Type.String() }),
  response: { 200: Type.Object({ data: Type.Array(Slot) }) },
});
