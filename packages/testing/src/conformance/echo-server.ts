import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const TOKEN = '__HTTP_BASE__';

export type EchoServer = Awaited<ReturnType<typeof openEchoServer>>;

/** The suite's loopback server (`httpd.mjs`), on a free port. */
export async function openEchoServer(folder: string) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(folder, 'httpd.mjs'), String(port)], {
    stdio: 'ignore',
  });
  await untilAnswers(`${base}/__log`);

  return {
    /** Puts the server's address where a case says `__HTTP_BASE__`. */
    withAddress: <T extends object>(value: T): T =>
      JSON.parse(JSON.stringify(value).replaceAll(TOKEN, base)),
    clear: <T extends object>(value: T): T =>
      JSON.parse(JSON.stringify(value).replaceAll(base, TOKEN)),
    reset: () => fetch(`${base}/__reset`),
    close: () => child.kill(),
  };
}

/** A port nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Waits until `url` answers anything. @throws when it has not after 20 s. */
export async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
