import autocannon from 'autocannon';

const SECONDS = 5;

export interface Load {
  readonly connections: number;
  readonly seconds?: number;
}

/** What a POST address answers per second. @throws when an answer is not a good one. */
export const requestsPerSecond = async (url: string, load: Load): Promise<number> =>
  (await measureLoad(url, load)).perSecond;

/** POSTs for so long. @throws when an answer is not a good one. */
export async function measureLoad(
  url: string,
  { connections, seconds = SECONDS }: Load,
): Promise<{ perSecond: number; answered: number; p99Ms: number }> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n: 7, name: 'Ada' }),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return {
    perSecond: result.requests.average,
    answered: result.requests.total,
    p99Ms: result.latency.p99,
  };
}
