export const OWNER = { email: 'bench@example.com', password: 'bench-password' };

/** Variables with which a fresh instance makes the owner. */
export const ownerEnv = {
  MILLRACE_OWNER_EMAIL: OWNER.email,
  MILLRACE_OWNER_PASSWORD: OWNER.password,
};

export type Owner = ReturnType<typeof createOwner>;

/** The owner of the instance at `base`; signs in when first asked for something. */
export function createOwner(base: string) {
  const session: { cookie?: Promise<string> } = {};

  /** Calls the API. @throws when the answer is not a good one. */
  async function api(method: string, path: string, body?: object): Promise<unknown> {
    session.cookie ??= signIn(base);
    const headers = { 'content-type': 'application/json', cookie: await session.cookie };
    const text = JSON.stringify(body ?? {});
    const init = method === 'GET' ? { method, headers } : { method, headers, body: text };
    const reply = await fetch(`${base}/api/v1${path}`, init);
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  return {
    api,
    /** Stores and publishes a workflow; gives its id. */
    async publish(workflow: object): Promise<string> {
      const { id } = (await api('POST', '/workflows', workflow)) as { id: string };
      await api('POST', `/workflows/${id}/publish`);
      return id;
    },
  };
}

/** Gives the cookie. */
async function signIn(base: string): Promise<string> {
  const { headers } = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  return (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}
