import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a port of this machine that can be held or cut. */
export interface TcpProxy {
  readonly port: number;
  /** Nothing passes, nobody is told. */
  hold(): void;
  release(): void;
  /** Ends every connection, whatever is under way. */
  cut(): void;
  close(): Promise<void>;
}

export async function openTcpProxy(target: number): Promise<TcpProxy> {
  /** Each end, and the end it feeds. */
  const sockets = new Map<Socket, Socket>();
  const state = { isHeld: false };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.set(from, to);
      if (!state.isHeld) from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cut = () => {
    for (const socket of sockets.keys()) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    hold() {
      state.isHeld = true;
      for (const [from, to] of sockets) from.unpipe(to);
    },
    release() {
      state.isHeld = false;
      for (const [from, to] of sockets) from.pipe(to);
    },
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
