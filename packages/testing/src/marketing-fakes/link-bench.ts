import { createEgress } from '@millrace/server/egress';
import { createMemoryStorage } from '@millrace/server/packages';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext, NodeType, ParamOptions } from '@millrace/workflow/node-api';
import { getByPath, normalizeParameters } from '@millrace/workflow/parameters';
import { nodesMarketing } from 'millrace-nodes-marketing';
import { createServer, type ServerResponse } from 'node:http';

const NOW = Date.UTC(2026, 10, 21);

export type Answer =
  string | { status: number; body?: string; headers?: Record<string, string> } | 'drop';
/** A few sites on this machine, and the node that looks at them: for tests only. */
export async function openLinkBench(linkChecker: NodeType) {
  /** What the sites answer, by host and path. */
  const site: Record<string, Answer> = {};
  const calls: string[] = [];
  const slept: number[] = [];
  const storage = createMemoryStorage([nodesMarketing]);
  const server = createServer((request, response) => {
    const address = `${String(request.headers['x-site'])}${request.url}`;
    calls.push(`${request.method} ${address}`);
    const given = site[address] ?? { status: 404 };
    if (given === 'drop') request.socket.destroy();
    else answer(response, given);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const egress = createEgress({
    allow: [],
    map: new Map(
      ['blog.example', 'other.example', 'me.example'].map((host) => [
        host,
        `http://127.0.0.1:${port}`,
      ]),
    ),
    limits: { timeoutMs: 5000, maxResponseBytes: 10_000_000, maxRedirects: 5 },
    lookup: async (host) => {
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    },
  });
  const http: ExecuteContext['http'] = {
    request: (asked) =>
      egress.request({
        ...asked,
        headers: { ...asked.headers, 'x-site': new URL(asked.url).host },
      }),
  };

  async function close(): Promise<void> {
    await egress.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await storage.close();
  }

  /** All three outputs. */
  async function run(parameters: JsonObject, items: readonly JsonObject[] = [{}], now = NOW) {
    const values = normalizeParameters(linkChecker.description, parameters, { version: 1 });
    const context: Partial<ExecuteContext> = {
      http,
      tables: storage.tables,
      signal: new AbortController().signal,
      now: () => now,
      sleep: async (ms) => void slept.push(ms),
      items: () => items.map((json) => ({ json })),
      param<T>(path: string, _index: number, options: ParamOptions = {}) {
        // The caller names the type, as with the engine's own `param`.
        return (getByPath(values, path) ?? options.fallback) as T;
      },
    };
    // Only what this node uses.
    const found = await linkChecker.execute?.(context as ExecuteContext);
    if (!Array.isArray(found)) throw new Error('The node did not answer');
    const [live = [], lost = [], unknown = []]: JsonObject[][] = found.map((output) =>
      (output ?? []).map(({ json }: Item): JsonObject => json),
    );
    return { live, lost, unknown };
  }

  return { site, calls, slept, storage, run, close };
}

function answer(response: ServerResponse, given: Exclude<Answer, 'drop'>): void {
  const {
    status,
    body = '',
    headers = {},
  } = typeof given === 'string' ? { status: 200, body: given } : given;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}
