import autocannon from 'autocannon';

const CONNECTIONS = 20;
const JSON_TYPE = { 'content-type': 'application/json' };
const body = JSON.stringify({ n: 7, name: 'Ada', list: Array.from({ length: 10 }, (_, n) => n) });

export interface LoadResult {
  readonly accepted: number;
  /** Answers other than 2xx, and calls without an answer. */
  readonly refused: number;
  readonly p99Ms: number;
}

/**
 * Calls the paths in turn for so long, never more than a few at once.
 *
 * @param perSecond - Absent: as fast as answers come.
 */
export async function callPaths(
  base: string,
  paths: readonly string[],
  {
    seconds,
    perSecond,
    signal,
  }: { seconds: number; perSecond?: number | undefined; signal: AbortSignal },
): Promise<LoadResult> {
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = {
      url: base,
      connections: CONNECTIONS,
      duration: Math.ceil(seconds),
      ...(perSecond !== undefined && { overallRate: Math.ceil(perSecond) }),
      requests: paths.map((path) => ({ method: 'POST' as const, path, headers: JSON_TYPE, body })),
    };
    const running = autocannon(options, (error, outcome) =>
      error ? reject(error) : resolve(outcome),
    );
    if (signal.aborted) running.stop();
    signal.addEventListener('abort', () => running.stop(), { once: true });
  });
  return {
    accepted: result['2xx'],
    refused: result.non2xx + result.errors,
    p99Ms: result.latency.p99,
  };
}
