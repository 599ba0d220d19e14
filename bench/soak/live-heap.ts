import type { BuiltProcess } from '../built-process.ts';

const MB = 1024 * 1024;

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

/** What a process still needs after a full collection, MB. @throws when it was started without an inspector. */
export async function liveHeapMb({ inspectPort, command }: BuiltProcess): Promise<number> {
  if (inspectPort === undefined) throw new Error(`${command} has no inspector`);
  const reply = await fetch(`http://127.0.0.1:${inspectPort}/json/list`);
  const [target]: { webSocketDebuggerUrl: string }[] = JSON.parse(await reply.text());
  if (!target) throw new Error(`The inspector of ${command} knows no target`);
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  try {
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', reject, { once: true });
    });
    await ask(socket, 'HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await ask<HeapUsage>(
      socket,
      'Runtime.getHeapUsage',
    );
    return (usedSize + backingStorageSize) / MB;
  } finally {
    socket.close();
  }
}

/** One question at a time. */
function ask<T>(socket: WebSocket, method: string): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('close', () => reject(new Error(`No answer to ${method}`)), {
      once: true,
    });
    socket.addEventListener('message', ({ data }) => resolve(JSON.parse(String(data)).result), {
      once: true,
    });
    socket.send(JSON.stringify({ id: 1, method }));
  });
}
