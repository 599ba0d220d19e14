import type { Wire } from './connections.ts';
import type { ConnectionsJson, NodeJson, PinnedItem, WorkflowJson } from './workflow-json.ts';

/** The settings of a node beside its parameters. `undefined` takes a setting away. */
export type NodeSettingsChange = {
  readonly [
    K in
      | 'disabled'
      | 'executeOnce'
      | 'alwaysOutputData'
      | 'retryOnFail'
      | 'maxTries'
      | 'waitBetweenTries'
      | 'onError'
      | 'notes'
      | 'notesInFlow'
      | 'onCrash'
      | 'joinRule'
      | 'credentials'
      | 'typeVersion'
  ]?: NodeJson[K] | undefined;
};

/** One change to a workflow. All the editor does to a workflow is one of these, so all can be undone. */
export type WorkflowCommand =
  /** Adds a node, with wires to and from it. A name in use gets a number. */
  | { readonly type: 'addNode'; readonly node: NodeJson; readonly wires?: readonly Wire[] }
  /** `heal` joins what fed a removed node to what it fed (first main output to first main input). */
  | { readonly type: 'removeNodes'; readonly names: readonly string[]; readonly heal?: boolean }
  | { readonly type: 'connect'; readonly wire: Wire }
  | { readonly type: 'disconnect'; readonly wire: Wire }
  | {
      readonly type: 'moveNodes';
      readonly positions: Readonly<Record<string, readonly [number, number]>>;
    }
  /** Also rewrites wires, pins and `$('Old name')` in every parameter. */
  | { readonly type: 'renameNode'; readonly from: string; readonly to: string }
  /** `undefined` takes the parameter away. Paths as in `options.values[0].name`. */
  | {
      readonly type: 'setParameter';
      readonly node: string;
      readonly path: string;
      readonly value: unknown;
    }
  | {
      readonly type: 'setNodeSettings';
      readonly node: string;
      readonly settings: NodeSettingsChange;
    }
  /** `null` unpins. */
  | { readonly type: 'pin'; readonly node: string; readonly items: readonly PinnedItem[] | null }
  /** Adds a clip: names in use get a number, and the clip's own wires and references follow. */
  | {
      readonly type: 'paste';
      readonly nodes: readonly NodeJson[];
      readonly connections: ConnectionsJson;
      readonly pinData?: Readonly<Record<string, readonly PinnedItem[]>>;
      /** Added to every position. */
      readonly offset?: readonly [number, number];
      /** Fresh ids, one per node; ids of the clip are kept where there is none. */
      readonly ids?: readonly string[];
    }
  | { readonly type: 'setSettings'; readonly settings: WorkflowJson['settings'] }
  | { readonly type: 'setName'; readonly name: string }
  /** Several as one step of undo. */
  | { readonly type: 'batch'; readonly commands: readonly WorkflowCommand[] }
  /** Back to a state seen before: what every inverse is. Workflows share structure, so this is small. */
  | { readonly type: 'restore'; readonly workflow: WorkflowJson };

export interface AppliedCommand {
  readonly workflow: WorkflowJson;
  /** Applying it gives the workflow from before, exactly. */
  readonly inverse: WorkflowCommand;
}
