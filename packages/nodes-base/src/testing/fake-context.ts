import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import {
  createRegistry,
  type ExecuteContext,
  type NodeResult,
  type NodeType,
  type ParamOptions,
} from '@millrace/workflow/node-api';
import { normalizeParameters } from '@millrace/workflow/parameters';
import { getField } from '../fields/field-path.ts';
import { nodesBase } from '../index.ts';

const registry = createRegistry(nodesBase.nodes);

interface FakeRun {
  readonly type: string;
  readonly version?: number;
  readonly parameters?: JsonObject;
  /** Items per input. */
  readonly inputs: readonly Batch[];
  readonly context?: Partial<ExecuteContext>;
}

/** Items of plain objects. */
export const itemsOf = (...rows: readonly JsonObject[]): Item[] => rows.map((json) => ({ json }));

/** The `json` of what a run put out on one output. */
export const jsonOf = (result: NodeResult | undefined, output = 0): readonly JsonObject[] =>
  result && !('kind' in result) ? (result[output] ?? []).map(({ json }) => json) : [];

/** What a node of this package gives for literal parameters: enough of the engine for a node's own tests. */
export async function runNode({ type, version, parameters = {}, inputs, context = {} }: FakeRun) {
  const name = `n8n-nodes-base.${type}`;
  const nodeType = registry.require(name, version);
  return await nodeType.execute?.(
    fakeContext({
      nodeType,
      name,
      parameters,
      inputs,
      context,
      ...(version !== undefined && { version }),
    }),
  );
}

function fakeContext({
  nodeType,
  name,
  version,
  parameters,
  inputs,
  context,
}: Required<Omit<FakeRun, 'type' | 'version'>> & {
  nodeType: NodeType;
  name: string;
  version?: number;
}) {
  const { description } = nodeType;
  const typeVersion =
    version ?? description.defaultVersion ?? Math.max(...[description.version].flat());
  const values = normalizeParameters(description, parameters, { version: typeVersion });
  const fake: Partial<ExecuteContext> = {
    node: { id: '1', name: 'Node', type: name, typeVersion, position: [0, 0], parameters },
    mode: 'manual',
    timezone: 'Europe/Berlin',
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    continueOnFail: false,
    runIndex: 0,
    state: {},
    items: (index = 0) => (inputs[index] ?? []).map((item, at) => withLineage(item, at, index)),
    param: readFrom(values),
    ...context,
  };
  // A node's own test needs no more than what it uses; a missing member fails loudly.
  return fake as ExecuteContext;
}

/** As the engine hands items to a node: what they come from is said relative to its own input. */
const withLineage = (item: Item, at: number, input: number): Item => ({
  ...item,
  pairedItem: input === 0 ? { item: at } : { item: at, input },
});

function readFrom(values: JsonObject): ExecuteContext['param'] {
  return <T>(path: string, _item: number, options: ParamOptions = {}) => {
    const value = getField(values, path) ?? options.fallback;
    // The caller names the type, as with the engine's own `param`.
    return value as T;
  };
}
