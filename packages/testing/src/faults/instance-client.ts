import { setTimeout as sleep } from 'node:timers/promises';

export const OWNER = { email: 'owner@example.com', password: 'correct horse battery' };

/** What a test asks of a running instance, as its owner. */
export interface InstanceClient {
  publish(workflow: object): Promise<string>;
  call(method: string, path: string, body?: object): Promise<{ status: number; body: Json }>;
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

/** Calls a webhook so often, some at once; gives how many were accepted. */
export async function fire(url: string, count: number, atOnce = 20): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const shots = Array.from({ length: count }).keys();
  async function shoot(): Promise<void> {
    for (const _shot of shots) {
      const status = await fetch(url, { method: 'POST', body: '{}', headers: JSON_TYPE }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 0,
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, shoot));
  return statuses;
}

const JSON_TYPE = { 'content-type': 'application/json' };

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
