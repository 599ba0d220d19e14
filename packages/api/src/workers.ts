import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { Instant, MaybeInstant } from './list.ts';

/** A process of the instance, and what it runs just now. */
export const WorkerInfo = Type.Object({
  id: Type.String(),
  role: Type.Union([Type.Literal('main'), Type.Literal('worker'), Type.Literal('webhook')]),
  host: Type.String(),
  pid: Type.Integer(),
  /** Executions it may have under way at once; 0 when it runs none. */
  concurrency: Type.Integer(),
  startedAt: Instant,
  /** Its last sign of life. */
  seenAt: Instant,
  /** False: silent for longer than a lease, so others take over what it had. */
  isAlive: Type.Boolean(),
  executions: Type.Array(
    Type.Object({
      id: Type.String(),
      workflowId: Type.String(),
      workflowName: Type.String(),
      startedAt: MaybeInstant,
    }),
  ),
});
export type WorkerInfo = Static<typeof WorkerInfo>;

export const listWorkers = endpoint({
  method: 'GET',
  url: '/workers',
  access: 'worker:list',
  summary: 'The processes of this instance: who runs what, since when',
  response: { 200: Type.Object({ data: Type.Array(WorkerInfo) }) },
});
