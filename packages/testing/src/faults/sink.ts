import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One call of the service: which run made it, and which call of a webhook began that. */
export interface Effect {
  readonly key: string;
  readonly executionId: string;
  readonly node: string;
  readonly call: number | undefined;
}

/** A service that keeps what it is told. */
export interface Sink {
  readonly url: string;
  /** Calls per idempotency key. */
  readonly calls: ReadonlyMap<string, number>;
  /** The first call of each key. */
  readonly effects: readonly Effect[];
  /** How often it was called. */
  readonly total: number;
  /** Resolves when it has been called so often. */
  until(calls: number): Promise<void>;
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const calls = new Map<string, number>();
  const effects: Effect[] = [];
  const state = { total: 0 };
  const server = createServer(async (request, response) => {
    const key = String(request.headers['idempotency-key']);
    const count = (calls.get(key) ?? 0) + 1;
    calls.set(key, count);
    state.total++;
    // Counted even when whoever calls is killed before its body arrives.
    const about = await bodyOf(request).catch(() => ({}));
    if (count === 1) effects.push({ executionId: '', node: '', call: undefined, ...about, key });
    response.end('ok');
  });
  // Callers that were stopped for a while must not find their connections closed.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    effects,
    get total() {
      return state.total;
    },
    async until(count) {
      while (state.total < count) await sleep(10);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Partial<Effect>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}
