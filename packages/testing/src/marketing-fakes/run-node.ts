import { createEgress } from '@millrace/server/egress';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type {
  ExecuteContext,
  NodeResult,
  NodeType,
  ParamOptions,
} from '@millrace/workflow/node-api';
import { getByPath, normalizeParameters } from '@millrace/workflow/parameters';
import type { HttpPort } from '@millrace/workflow/ports';

export interface NodeRun {
  readonly node: NodeType;
  readonly parameters?: JsonObject;
  readonly items?: readonly Item[];
  readonly context: Partial<ExecuteContext>;
}

/** The `json` of what a node of a package gives for literal parameters. */
export async function runMarketingNode(run: NodeRun): Promise<readonly JsonObject[]> {
  const result: NodeResult | undefined = await run.node.execute?.(contextOf(run));
  const isOutputs = Array.isArray(result);
  return isOutputs ? (result[0] ?? []).map(({ json }: Item) => json) : [];
}

function contextOf({ node, parameters = {}, items = [{ json: {} }], context }: NodeRun) {
  const { description } = node;
  const typeVersion = Math.max(...[description.version].flat());
  const values = normalizeParameters(description, parameters, { version: typeVersion });
  const fake: Partial<ExecuteContext> = {
    node: {
      id: '1',
      name: 'Node',
      type: description.name,
      typeVersion,
      position: [0, 0],
      parameters,
    },
    workflow: { id: 'w1', name: 'Test', active: true, settings: {} },
    mode: 'trigger',
    timezone: 'UTC',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
    continueOnFail: false,
    idempotencyKey: 'e1:n1:0',
    items: () => items,
    param<T>(path: string, _index: number, options: ParamOptions = {}) {
      // The caller names the type, as with the engine's own `param`.
      return (getByPath(values, path) ?? options.fallback) as T;
    },
    ...context,
  };
  // A node's own test needs no more than what it uses; a missing member fails loudly.
  return fake as ExecuteContext;
}

/**
 * The server's own HTTP client with stand-ins for hosts, and a credential that signs with the token it
 * has now and gets another one when it is answered 401, as the server does.
 */
export function mappedHttp(
  map: Readonly<Record<string, string>>,
  tokens: { current(): string; renew(): string } = { current: () => 'key', renew: () => 'key' },
): HttpPort & { close(): Promise<void> } {
  const egress = createEgress({
    allow: [],
    map: new Map(Object.entries(map)),
    limits: { timeoutMs: 5000, maxResponseBytes: 10_000_000, maxRedirects: 0 },
  });
  return {
    close: () => egress.close(),
    async request({ authentication, ...request }) {
      if (authentication === undefined) return egress.request(request);
      const send = (token: string) =>
        egress.request({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${token}` },
        });
      const answer = await send(tokens.current());
      return answer.status === 401 ? send(tokens.renew()) : answer;
    },
  };
}
