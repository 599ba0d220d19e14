import { setTimeout as sleep } from 'node:timers/promises';

export const OWNER = { email: 'owner@example.com', password: 'correct horse battery' };

/** What a test asks of a running instance, as its owner. */
export interface InstanceClient {
  publish(workflow: object): Promise<string>;
  call(method: string, path: string, body?: object): Promise<{ status: number; body: Json }>;
  /** A file, as text. */
  download(path: string): Promise<string>;
}

type Json = Record<string, unknown>;

export async function signIn(base: string): Promise<InstanceClient> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };

  const call: InstanceClient['call'] = async (method, path, body) => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: body ? headers : { cookie: headers['cookie'] ?? '' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const [cookie] = response.headers.getSetCookie();
    if (cookie) headers['cookie'] = cookie.split(';')[0] ?? '';
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  };

  const { status } = await call('POST', '/session', OWNER);
  if (status !== 200) throw new Error(`Signing in gave ${status}`);
  return {
    call,
    async download(path) {
      const answer = await fetch(`${base}/api/v1${path}`, {
        headers: { cookie: headers['cookie'] ?? '' },
      });
      if (!answer.ok) throw new Error(`GET ${path} gave ${answer.status}`);
      return answer.text();
    },
    async publish(workflow) {
      const made = await call('POST', '/workflows', workflow);
      const id = String(made.body['id']);
      const published = await call('POST', `/workflows/${id}/publish`);
      if (published.status !== 200)
        throw new Error(`Publishing gave ${published.status}: ${JSON.stringify(published.body)}`);
      return id;
    },
  };
}

/** Posts to an address of an instance; gives the status, 0 when there was no answer. */
export const post = (url: string, body: object): Promise<number> =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: JSON_TYPE }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );

/** Calls a webhook so often, some at once; gives how often each status came. */
export async function fire(url: string, count: number, atOnce = 20): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const shots = Array.from({ length: count }).keys();
  async function shoot(): Promise<void> {
    for (const n of shots) {
      const status = await post(url, { n });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, shoot));
  return statuses;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Where to call to end the pause of an execution. */
export async function resumeAddress(
  base: string,
  client: InstanceClient,
  executionId: string,
): Promise<string> {
  const { body } = await client.call('GET', `/executions/${executionId}?data=true`);
  const { waiting } = body;
  const address =
    typeof waiting === 'object' && waiting && 'address' in waiting ? waiting.address : '';
  return String(address).replace(/^https?:\/\/[^/]+/, base);
}

/** Asks until the answer is yes. @throws after `seconds`, saying what was waited for. */
export async function eventually(
  what: string,
  holds: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(50);
  }
}
