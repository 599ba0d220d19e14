import { ParamError } from '@millrace/workflow/errors';
import { noTables } from '@millrace/workflow/engine';
import type { Evaluator, EvaluationScope } from '@millrace/workflow/expression';
import type { NodeJson } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { NodeType, ParamOptions, PollContext } from '@millrace/workflow/node-api';
import { getByPath, normalizeParameters, resolveValue } from '@millrace/workflow/parameters';
import type { HostPort } from '@millrace/workflow/ports';
import type { LoadedWorkflow, Runtime } from '../../runtime/index.ts';

export interface PollContextOptions {
  readonly runtime: Pick<Runtime, 'options' | 'binary'>;
  readonly evaluator: Evaluator;
  readonly workflow: LoadedWorkflow;
  readonly node: NodeJson;
  readonly type: NodeType;
  readonly cursor: JsonObject | null;
  readonly hosts: HostPort;
  readonly signal: AbortSignal;
}

/** What a polling trigger may know and do while it looks. Its expressions see no items: there are none yet. */
export function pollContext(options: PollContextOptions): PollContext {
  const { runtime, evaluator, workflow, node, type, cursor, hosts, signal } = options;
  const { config, clock, logger, http, secrets, storage } = runtime.options;
  const { json } = workflow;
  const { typeVersion: version } = node;
  const parameters = normalizeParameters(type.description, node.parameters, { version });
  const named = json.settings?.timezone;
  const timezone = named === undefined || named === 'DEFAULT' ? config.timezone : named;
  const refOf = (name: string) => node.credentials?.[name] ?? { id: null, name };

  const scope: EvaluationScope = {
    node,
    runIndex: 0,
    input: [],
    sources: [],
    workflow: {
      id: workflow.id,
      name: json.name,
      active: true,
      nodes: new Map(json.nodes.map((each) => [each.name, each])),
      connections: json.connections,
    },
    runs: new Map(),
    mode: 'trigger',
    executionId: '',
    resumeUrl: '',
    timezone,
    now: () => clock.now(),
    vars: {},
    parameters: () => parameters,
    nodeState: () => ({}),
  };

  return {
    node,
    workflow: { id: workflow.id, name: json.name, active: true, settings: json.settings ?? {} },
    mode: 'trigger',
    timezone,
    logger,
    binary: runtime.binary,
    hosts,
    signal,
    cursor,
    tables: storage?.(workflow.id).tables ?? noTables,
    http: {
      async request({ authentication, ...request }) {
        const sent = { ...request, signal: request.signal ?? signal };
        if (authentication === undefined) return http.request(sent);
        return secrets.signedRequest(authentication, refOf(authentication), workflow.id, sent);
      },
    },
    now: () => clock.now(),
    param<T>(path: string, _itemIndex: number, asked: ParamOptions = {}): T {
      const value = getByPath(parameters, path) ?? asked.fallback;
      if (value === undefined && !('fallback' in asked)) throw missing(node.name, path);
      const resolved = asked.raw
        ? value
        : resolveValue(value, (text) => evaluator.evaluate(text, scope, 0));
      // The caller names the type it expects, as with the engine's own `param`.
      return resolved as T;
    },
    credential: async (name) => secrets.credential(name, refOf(name), workflow.id),
    staticData: () => ({}),
  };
}

const missing = (node: string, path: string) =>
  new ParamError({ path, expected: 'a value', received: undefined, reason: 'missing', node });
