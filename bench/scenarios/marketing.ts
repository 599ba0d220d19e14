import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { seedKeywords } from '../../packages/nodes-marketing/src/seed/keywords.ts';
import type { KeywordTimes } from '../keyword-process.ts';
import type { Measurement } from '../measurement.ts';

const child = fileURLToPath(new URL('../keyword-process.ts', import.meta.url));
const SIZES = (process.env['BENCH_KEYWORDS'] ?? '46151,461510').split(',').map(Number);
const BUDGETS_S: Readonly<Record<number, number>> = { 46_151: 10, 461_510: 120 };

/** K1: a file of keywords imported, grouped, scored and planned by a process of its own. */
export async function marketing(): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const size of SIZES) rows.push(...(await measure(size)));
  return rows;
}

async function measure(size: number): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  try {
    const file = join(folder, 'keywords.csv');
    await pipeline(Readable.from(csv(size)), createWriteStream(file));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--max-semi-space-size=16',
      child,
      file,
    ]);
    const times: KeywordTimes = JSON.parse(stdout);
    const { importMs, analyseMs, planMs, slowestQueryMs, plans } = times;
    if (plans !== 100) throw new Error(`${plans} keywords were planned, not 100`);
    const parts = [importMs, analyseMs, planMs].map((ms) => (ms / 1000).toFixed(1)).join(' + ');
    return [
      {
        id: 'K1',
        what: `${size} keywords: import + cluster and score + plan 100 (${parts} s; ${(times.cpuMs / 1000).toFixed(1)} s of processor)`,
        subject: (importMs + analyseMs + planMs) / 1000,
        unit: 's',
        target: `< ${BUDGETS_S[size] ?? '–'} s`,
      },
      {
        id: 'K1',
        what: `${size} keywords: peak memory of the process (${Math.round(times.startMb)} MB at its start)`,
        subject: times.peakMb,
        unit: 'MB',
        target: size <= 46_151 ? '< 300 MB' : '',
      },
      {
        id: 'K1',
        what: `${size} keywords: the slowest query of the dashboard`,
        subject: slowestQueryMs,
        unit: 'ms',
        target: '< 100 ms',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* csv(size: number): Generator<string> {
  yield 'Keyword,Intent,Volume,Keyword Difficulty,CPC (USD),Position,URL\n';
  for (const { text, intents, volume, difficulty, cpc, position, url } of seedKeywords(size, 1))
    yield `${text},${intents},${volume},${difficulty ?? ''},${cpc},${position ?? ''},${url ?? ''}\n`;
}
