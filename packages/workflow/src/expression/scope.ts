import type { ConnectionsJson, NodeJson, PinnedItem } from '../graph/index.ts';
import type { Batch, JsonObject, RunSource } from '../items/index.ts';
import type { ExecutionMode } from '../node-api/index.ts';
import type { RunRecord } from '../ports/index.ts';

/**
 * Everything an expression may know, as data and small functions. The engine makes one per run,
 * the editor one per preview; the item index travels beside it.
 */
export interface EvaluationScope {
  /** The node whose parameter is evaluated. */
  readonly node: NodeJson;
  readonly runIndex: number;
  /** Items expressions read (n8n-facts A6.28): first input with items in v1, input 0 in v0. */
  readonly input: Batch;
  /** Per input index; `$prevNode` is the first. */
  readonly sources: readonly (RunSource | null)[];
  readonly workflow: {
    readonly id: string;
    readonly name: string;
    readonly active: boolean;
    readonly nodes: ReadonlyMap<string, NodeJson>;
    readonly connections: ConnectionsJson;
  };
  /** All recorded runs of this execution, by node. */
  readonly runs: ReadonlyMap<string, readonly RunRecord[]>;
  readonly pinData?: Readonly<Record<string, readonly PinnedItem[]>>;
  readonly mode: ExecutionMode;
  readonly executionId: string;
  readonly resumeUrl: string;
  readonly timezone: string;
  /** ms since the epoch. */
  now(): number;
  readonly vars: JsonObject;
  /** Strict workflows: what gives `undefined`, or fails in the ordinary way, is an error. */
  readonly isStrict?: boolean;
  /** `$parameter`: this node's parameters, resolved lazily for an item. */
  parameters(itemIndex: number): JsonObject;
  /** Loop and node state, by node name (`$('Loop').context`). */
  nodeState(node: string): JsonObject;
  readonly customData?: {
    set(key: string, value: unknown): void;
    get(key: string): string | undefined;
    getAll(): Readonly<Record<string, string>>;
  };
}
