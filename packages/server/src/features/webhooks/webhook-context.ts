import { noTables } from '@millrace/workflow/engine';
import type { EvaluationScope } from '@millrace/workflow/expression';
import { ParamError } from '@millrace/workflow/errors';
import type { NodeJson } from '@millrace/workflow/graph';
import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import type {
  NodeType,
  ParamOptions,
  WebhookContext,
  WebhookRequest,
} from '@millrace/workflow/node-api';
import {
  getByPath,
  hasExpression,
  normalizeParameters,
  resolveValue,
} from '@millrace/workflow/parameters';
import type { LoadedWorkflow, Runtime } from '../../runtime/index.ts';
import type { CallServices, Door } from './calls.ts';

export interface WebhookTarget {
  readonly workflow: LoadedWorkflow;
  readonly node: NodeJson;
  readonly type: NodeType;
  readonly parameters: JsonObject;
  /** What a parameter path leads to. Found out once: every call asks for the same ones. */
  find(path: string): Found;
}

interface Found {
  readonly value: unknown;
  readonly hasExpression: boolean;
}

/** Finds the node an address belongs to, with its parameters as a run sees them. */
export function targetOf(
  workflow: LoadedWorkflow,
  { name, runtime }: { name: string; runtime: Runtime },
): WebhookTarget | undefined {
  const known = targets.get(workflow)?.get(name);
  if (known) return known;
  const node = workflow.json.nodes.find((each) => each.name === name);
  const type = node && runtime.options.registry.find(node.type, node.typeVersion);
  if (!node || !type?.webhook) return undefined;
  const { typeVersion: version } = node;
  const parameters = normalizeParameters(type.description, node.parameters, { version });
  const find = rememberPaths((path): Found => {
    const value = getByPath(parameters, path) ?? getByPath(node.parameters, path);
    return { value, hasExpression: hasExpression(value) };
  });
  const target = { workflow, node, type, parameters, find };
  targets.set(workflow, new Map(targets.get(workflow)).set(name, target));
  return target;
}

/** Versions never change, so what was worked out for one call serves the next. */
const targets = new WeakMap<LoadedWorkflow, ReadonlyMap<string, WebhookTarget>>();

/** A node that made up paths from what a request says must not fill the memory. */
const MAX_PATHS = 1000;

function rememberPaths(find: (path: string) => Found): (path: string) => Found {
  const known = new Map<string, Found>();
  return (path) => {
    const held = known.get(path);
    if (held) return held;
    const found = find(path);
    if (known.size < MAX_PATHS) known.set(path, found);
    return found;
  };
}

/** What a webhook node may know and do while it looks at a request. */
export function webhookContext(
  { target, webhookName, mode, pause }: Omit<Door, 'way'>,
  { runtime, evaluator, request }: CallServices & { readonly request: WebhookRequest },
): WebhookContext {
  const { workflow, node, parameters } = target;
  const { config, clock, logger, http, secrets, storage } = runtime.options;
  const { json } = workflow;
  const timezone = json.settings?.timezone ?? config.timezone;
  /** What a paused node was given; before an execution there is only the request. */
  const input = (): Batch => pause?.run.outputs[0] ?? [requestItem(request)];

  const evaluate = (text: string, items: Batch) => evaluator.evaluate(text, scopeFor(items), 0);

  const scopeFor = (items: Batch): EvaluationScope => ({
    node,
    runIndex: pause?.run.runIndex ?? 0,
    input: items,
    sources: pause?.run.sources ?? [],
    workflow: {
      id: workflow.id,
      name: json.name,
      active: json.active === true,
      nodes: new Map(json.nodes.map((each) => [each.name, each])),
      connections: json.connections,
    },
    runs: Map.groupBy(pause?.runs ?? [], (run) => run.node),
    mode,
    executionId: pause?.executionId ?? '',
    resumeUrl: pause?.resumeUrl ?? '',
    timezone,
    now: () => clock.now(),
    vars: {},
    parameters: () => parameters,
    nodeState: () => ({}),
  });

  return {
    node,
    workflow: {
      id: workflow.id,
      name: json.name,
      active: json.active === true,
      settings: json.settings ?? {},
    },
    mode,
    timezone,
    logger,
    binary: runtime.binary,
    http,
    request,
    webhookName,
    get tables() {
      return storage?.(workflow.id).tables ?? noTables;
    },
    now: () => clock.now(),
    param<T>(path: string, _itemIndex: number, options: ParamOptions = {}): T {
      const { value, hasExpression: isDynamic } = target.find(path);
      if (value === undefined) {
        if (!('fallback' in options)) throw missing(node.name, path);
        return asked(options.fallback);
      }
      if (options.raw || !isDynamic) return asked(value);
      return asked(resolveValue(value, (text) => evaluate(text, input())));
    },
    async credential(type) {
      const ref = node.credentials?.[type] ?? { id: null, name: type };
      return secrets.credential(type, ref, workflow.id);
    },
    staticData: () => ({}),
    evaluate: (text, item) => evaluate(text, [item]),
  };
}

const requestItem = ({ headers, params, query, body }: WebhookRequest): Item => ({
  json: { headers, params, query, body },
});

const missing = (node: string, path: string) =>
  new ParamError({ path, expected: 'a value', received: undefined, reason: 'missing', node });

/** The node says what type its parameter has; its own description holds it to that. */
function asked<T>(value: unknown): T {
  // eslint-disable-next-line typescript/no-unsafe-type-assertion
  return value as T;
}
