import type { JsonObject } from '../items/index.ts';
import type { ExecuteContext } from './context.ts';
import type { CredentialUse, NodeDescription, Property } from './description.ts';
import type { NodeType } from './node-type.ts';
import { executeOperations, operationProperties, type Operations } from './operations.ts';
import { describeParams, type ParamMap } from './params/param.ts';
import { executePerItem, type ItemRun } from './per-item.ts';

/** What a node says about itself, whichever way it is written. */
export interface AboutNode {
  /** Full type id, such as `n8n-nodes-base.set`. */
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly version: number | readonly number[];
  readonly defaultVersion?: number;
  /** `data` when left out. */
  readonly group?: readonly string[];
  readonly subtitle?: string;
  readonly color?: string;
  /** One `main` when left out. */
  readonly inputs?: NonNullable<NodeDescription['inputs']>;
  readonly outputs?: NonNullable<NodeDescription['outputs']>;
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
  readonly requiredInputs?: NonNullable<NodeDescription['requiredInputs']>;
  readonly credentials?: readonly CredentialUse[];
  readonly webhooks?: readonly JsonObject[];
  readonly icon?: string;
  readonly codex?: NonNullable<NodeDescription['codex']>;
  readonly documentation?: string;
  readonly pure?: boolean;
  readonly crashPolicy?: NonNullable<NodeDescription['crashPolicy']>;
  /** Further keys of the description, as they are. */
  readonly extra?: JsonObject;
}

/** Runs once per input item with decoded, typed parameters. */
export interface ItemNode<M extends ParamMap> extends AboutNode {
  readonly params: M;
  run: ItemRun<M>;
}

/** Several operations under a resource; each knows its own parameters. */
export interface OperationsNode<O extends Operations> extends AboutNode {
  readonly operations: O;
}

/** Runs once per batch and reads its parameters itself; also triggers, which only have hooks. */
export interface BatchNode extends AboutNode, Omit<NodeType, 'description'> {
  readonly properties?: readonly Property[];
  readonly params?: ParamMap;
}

/**
 * Makes a node type.
 *
 * Per item: `{ params, run({ params, item, … }) }`. By operation: `{ operations: { 'message.post': operation({…}) } }`.
 * Batch or trigger: `{ params | properties, execute(context) }`, `webhook(context)`, `schedules(parameters)`.
 */
export function defineNode<const M extends ParamMap>(node: ItemNode<M>): NodeType;
export function defineNode<const O extends Operations>(node: OperationsNode<O>): NodeType;
export function defineNode(node: BatchNode): NodeType;
export function defineNode(
  node: ItemNode<ParamMap> | OperationsNode<Operations> | BatchNode,
): NodeType {
  if ('operations' in node) {
    const { operations, ...about } = node;
    return {
      description: describeNode(about, operationProperties(operations)),
      execute: (context: ExecuteContext) => executeOperations(operations, context),
    };
  }
  if ('run' in node) {
    const { params, run, ...about } = node;
    return {
      description: describeNode(about, describeParams(params)),
      execute: (context: ExecuteContext) => executePerItem(params, run, context),
    };
  }
  const { execute, webhook, schedules, poll, pollRules, listen, ...rest } = node;
  const { properties, params, ...about } = rest;
  return {
    description: describeNode(about, properties ?? describeParams(params ?? {})),
    ...(execute && { execute }),
    ...(webhook && { webhook }),
    ...(schedules && { schedules }),
    ...(poll && { poll }),
    ...(pollRules && { pollRules }),
    ...(listen && { listen }),
  };
}

function describeNode(about: AboutNode, properties: readonly Property[]): NodeDescription {
  const { label, group, color, inputs, outputs, icon, extra, ...same } = about;
  const described: NodeDescription = {
    ...same,
    displayName: label,
    group: group ?? ['data'],
    defaults: { name: label, ...(color && { color }) },
    inputs: inputs ?? ['main'],
    outputs: outputs ?? ['main'],
    properties,
    ...(icon && { iconSvg: icon }),
  };
  return { ...extra, ...described };
}
