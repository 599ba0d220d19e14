import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { answers, freePort } from './built-process.ts';

const file = fileURLToPath(new URL('floors/fastify-echo.ts', import.meta.url));

/** The bare Fastify of the webhook rows as its own process, answering. */
export async function startEcho() {
  const port = await freePort();
  const child = spawn(process.execPath, [file, String(port)], { stdio: 'ignore' });
  await answers(`http://127.0.0.1:${port}/up`);
  return { url: `http://127.0.0.1:${port}/echo`, close: () => child.kill() };
}
