import autocannon from 'autocannon';

const SECONDS = 5;

export interface Load {
  readonly connections: number;
  readonly seconds?: number;
  /** So many calls, however long they take. */
  readonly amount?: number;
  readonly body?: object;
}

const BODY = { n: 7, name: 'Ada' };

/** What a POST address answers per second. @throws when an answer is not a good one. */
export const requestsPerSecond = async (url: string, load: Load): Promise<number> =>
  (await measureLoad(url, load)).perSecond;

/** POSTs for so long, or so often. @throws when an answer is not a good one. */
export async function measureLoad(
  url: string,
  { connections, seconds = SECONDS, amount, body = BODY }: Load,
): Promise<{ perSecond: number; answered: number; p99Ms: number }> {
  const result = await autocannon({
    url,
    connections,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return {
    perSecond: result.requests.average,
    answered: result.requests.total,
    p99Ms: result.latency.p99,
  };
}
