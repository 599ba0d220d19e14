import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A service that counts what it is told, by idempotency key. */
export interface Sink {
  readonly url: string;
  /** Calls per key. */
  readonly calls: ReadonlyMap<string, number>;
  /** Resolves when it has been called so often. */
  until(calls: number): Promise<void>;
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const calls = new Map<string, number>();
  const state = { total: 0 };
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    calls.set(key, (calls.get(key) ?? 0) + 1);
    state.total++;
    request.resume().once('end', () => response.end('ok'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
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
