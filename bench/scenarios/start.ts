import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { alternate, type Measurement } from '../measurement.ts';
import { answers, freePort } from '../built-process.ts';
import { startMillrace } from '../millrace-process.ts';

const floorFile = fileURLToPath(new URL('../floors/fastify-echo.ts', import.meta.url));

/** S1 and M1: a built tree to its first good /readyz, and what it holds when idle. */
export async function start(): Promise<Measurement[]> {
  const memory: number[] = [];
  const measured = await alternate(startFloor, async () => {
    const millrace = await startMillrace();
    memory.push(millrace.residentMb());
    await millrace.close();
    return millrace.startedInMs;
  });
  return [
    {
      id: 'S1',
      what: 'start to the first good /readyz, fresh home',
      ...measured,
      unit: 'ms',
      ratio: measured.subject / measured.floor,
      target: '≤ 1,500 ms and ≤ 6 ×',
    },
    {
      id: 'M1',
      what: 'resident memory once ready',
      subject: Math.max(...memory),
      unit: 'MB',
      target: '< 150 MB',
    },
  ];
}

async function startFloor(): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [floorFile, String(port)], { stdio: 'ignore' });
  await answers(`http://127.0.0.1:${port}/up`);
  const elapsed = performance.now() - startedAt;
  child.kill();
  return elapsed;
}
