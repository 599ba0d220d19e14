import type { BinaryData, JsonObject, PairedItem } from '../items/index.ts';
import type { LimitSettings } from './limits.ts';

/** A node as saved. Keys we do not know stay where they are and are written back unchanged. */
export interface NodeJson {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  /** `[x, y]` in canvas pixels; decides branch order in execution order v1. */
  readonly position: readonly [number, number];
  readonly parameters: JsonObject;
  readonly credentials?: Readonly<
    Record<string, { readonly id: string | null; readonly name: string }>
  >;
  readonly disabled?: boolean;
  readonly executeOnce?: boolean;
  readonly alwaysOutputData?: boolean;
  readonly retryOnFail?: boolean;
  readonly maxTries?: number;
  readonly waitBetweenTries?: number;
  readonly onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
  readonly continueOnFail?: boolean;
  /**
   * Millrace's own: what becomes of an attempt that was under way when its process died. `again` (the
   * default) repeats it, `fail` counts it as failed, `ask` pauses until a person decides.
   */
  readonly onCrash?: 'again' | 'fail' | 'ask';
  /** Order `parallel`: when a node with several wires into it runs; `all` when absent. Millrace's own key. */
  readonly joinRule?: 'all' | 'any' | 'first';
  readonly webhookId?: string;
  readonly notes?: string;
  readonly notesInFlow?: boolean;
  readonly [key: string]: unknown;
}

/** One end of a wire: the node it goes to, the kind of wire, and the input it enters. */
export interface WireEnd {
  readonly node: string;
  readonly type: string;
  readonly index: number;
}

/** `connections[from][type][output]` lists where that output goes. */
export type ConnectionsJson = Readonly<
  Record<string, Readonly<Record<string, readonly (readonly WireEnd[] | null)[]>>>
>;

export interface PinnedItem {
  readonly json: JsonObject;
  readonly binary?: Readonly<Record<string, BinaryData>>;
  readonly pairedItem?: PairedItem;
}

export interface WorkflowSettings {
  /** `v1`, or anything else (also absent) for the legacy order v0; `parallel` is Millrace's own. */
  readonly executionOrder?: string;
  readonly timezone?: string;
  /** Expressions that give `undefined` are errors. Millrace's own; n8n ignores it. */
  readonly strictExpressions?: boolean;
  readonly errorWorkflow?: string;
  /** Seconds; -1 is no limit. */
  readonly executionTimeout?: number;
  readonly callerPolicy?: string;
  readonly callerIds?: string;
  /** Millrace's own: executions of this workflow that may be under way at once, over all processes. */
  readonly maxConcurrency?: number;
  /** Millrace's own: how many may start within a time, and what executions with the same key share. */
  readonly limits?: LimitSettings;
  /** Millrace's own: whether its executions go ahead of others that wait, or let them pass. */
  readonly priority?: 'high' | 'normal' | 'low';
  readonly [key: string]: unknown;
}

/** n8n's workflow JSON (n8n-facts C1): what files, the REST body and the clipboard hold. */
export interface WorkflowJson {
  readonly id?: string;
  readonly name: string;
  readonly nodes: readonly NodeJson[];
  readonly connections: ConnectionsJson;
  readonly settings?: WorkflowSettings;
  readonly pinData?: Readonly<Record<string, readonly PinnedItem[]>>;
  readonly staticData?: JsonObject | null;
  readonly active?: boolean;
  readonly [key: string]: unknown;
}
