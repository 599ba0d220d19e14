import { startChild, type Child } from './child.ts';
import { freePort } from './free-port.ts';

/** A Redis of the test's own, without a disk. */
export interface RedisServer {
  readonly url: string;
  readonly child: Child;
  /** Starts it again at the same port, empty. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openRedisServer(): Promise<RedisServer> {
  const port = await freePort();
  const start = () =>
    startChild('redis-server', ['--port', `${port}`, '--save', '', '--appendonly', 'no'], {
      isReady: (line) => line.includes('Ready to accept connections'),
    });
  const state = { child: await start() };
  return {
    url: `redis://127.0.0.1:${port}`,
    get child() {
      return state.child;
    },
    async restart() {
      if (!state.child.isGone) await state.child.end('SIGKILL');
      state.child = await start();
    },
    async close() {
      if (!state.child.isGone) await state.child.end('SIGKILL');
    },
  };
}
