import autocannon from 'autocannon';

const SECONDS = 5;

export interface Load {
  readonly connections: number;
  readonly seconds?: number;
}

/** What a POST address answers per second. @throws when an answer is not a good one. */
export async function requestsPerSecond(
  url: string,
  { connections, seconds = SECONDS }: Load,
): Promise<number> {
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
  return result.requests.average;
}
