import type { ErrorData, Item, RunSource } from '@millrace/workflow/items';
import { Type, type Static } from 'typebox';
import { Instant, MaybeInstant } from './list.ts';

export const ExecutionStatus = Type.Union([
  Type.Literal('new'),
  Type.Literal('running'),
  Type.Literal('waiting'),
  Type.Literal('success'),
  Type.Literal('error'),
  Type.Literal('canceled'),
]);
export type ExecutionStatus = Static<typeof ExecutionStatus>;

export const Execution = Type.Object({
  id: Type.String(),
  workflowId: Type.String(),
  workflowName: Type.String(),
  /** The version it is pinned to; null for a run of the draft. */
  versionId: Type.Union([Type.String(), Type.Null()]),
  mode: Type.String(),
  status: ExecutionStatus,
  createdAt: Instant,
  startedAt: MaybeInstant,
  finishedAt: MaybeInstant,
  /** When a waiting execution goes on by itself. */
  waitUntil: MaybeInstant,
  lastNode: Type.Union([Type.String(), Type.Null()]),
  error: Type.Union([
    Type.Unsafe<ErrorData>(Type.Object({}, { additionalProperties: true })),
    Type.Null(),
  ]),
});
export type Execution = Static<typeof Execution>;

/** One run of a node. `outputs` has one list of items per output. */
export interface RunData {
  readonly outputs: readonly (readonly Item[] | null)[];
  readonly status: 'success' | 'error' | 'waiting' | 'canceled';
  readonly attempt: number;
  readonly runIndex: number;
  readonly seq: number;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly sources: readonly (RunSource | null)[];
  readonly error?: ErrorData;
  /** Tries that failed before `attempt`; absent when there were none. */
  readonly attempts?: readonly {
    readonly attempt: number;
    readonly startedAt: number;
    readonly durationMs: number;
    readonly error: ErrorData;
  }[];
}

/** A draft that waits at its test addresses for one call. */
export const TestListening = Type.Object({
  until: Instant,
  addresses: Type.Array(
    Type.Object({ node: Type.String(), method: Type.String(), url: Type.String() }),
  ),
});
export type TestListening = Static<typeof TestListening>;

/** What holds an execution back. */
export const LimitReason = Type.Object({
  /** Whose limit, and which; `order`: one with the same key came before it and waits. */
  name: Type.Union([
    Type.Literal('workflow-concurrency'),
    Type.Literal('workflow-rate'),
    Type.Literal('key-concurrency'),
    Type.Literal('key-rate'),
    Type.Literal('order'),
    Type.Literal('credential-concurrency'),
    Type.Literal('credential-rate'),
  ]),
  /** The key it shares the limit by. */
  key: Type.Optional(Type.String()),
  /** Name of the credential whose limit it is. */
  credential: Type.Optional(Type.String()),
});
export type LimitReason = Static<typeof LimitReason>;

/** What an execution waits for. */
export const WaitReason = Type.Object({
  /**
   * `person`: a crash cut the node off, and somebody has to decide (`POST …/decide`). `limit`: it is
   * `new` or `running`, and `limit` says what holds it back.
   */
  for: Type.Union([
    Type.Literal('time'),
    Type.Literal('call'),
    Type.Literal('form'),
    Type.Literal('person'),
    Type.Literal('limit'),
  ]),
  /** Empty while the whole execution waits. */
  node: Type.String(),
  /** When it goes on by itself. */
  until: MaybeInstant,
  /** Where it can be called; only for those who may edit the workflow. */
  address: Type.Union([Type.String(), Type.Null()]),
  /** Set with `for: limit`. */
  limit: Type.Optional(LimitReason),
});
export type WaitReason = Static<typeof WaitReason>;

/** An execution with what its nodes did: `data=true` adds `order` and `runData`. */
export const ExecutionDetail = Type.Object({
  ...Execution.properties,
  /** Node names in time order, one per run. */
  order: Type.Optional(Type.Array(Type.String())),
  runData: Type.Optional(
    Type.Unsafe<Readonly<Record<string, readonly RunData[]>>>(
      Type.Object({}, { additionalProperties: true }),
    ),
  ),
  customData: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Set while the draft waits for the call that will start it. Cancel the execution to stop. */
  listening: Type.Optional(TestListening),
  /** Why it waits, while it does. */
  waiting: Type.Optional(WaitReason),
  /** The key it shares a limit by; absent when it has none. */
  limitKey: Type.Optional(Type.String()),
  /** Why its key could not be worked out: only the limits of the workflow hold it. */
  limitKeyError: Type.Optional(Type.String()),
});
export type ExecutionDetail = Static<typeof ExecutionDetail>;
