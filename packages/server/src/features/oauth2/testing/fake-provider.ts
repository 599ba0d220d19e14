import { createHash, randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';

/**
 * An OAuth2 provider on a spare port. Refresh tokens are good for one use: one that comes back ends
 * the whole grant, as careful services do.
 */
export async function openFakeProvider() {
  const codes = new Map<string, { challenge: string | null; redirectUri: string | null }>();
  const grants = new Map<string, { refresh: string; access: string }>();
  const state = { lifeSeconds: 3600, calls: 0, isDown: false };

  function issue(response: ServerResponse): void {
    const tokens = { access: `access-${randomUUID()}`, refresh: `refresh-${randomUUID()}` };
    grants.set(tokens.refresh, tokens);
    json(response, 200, {
      access_token: tokens.access,
      refresh_token: tokens.refresh,
      expires_in: state.lifeSeconds,
      token_type: 'Bearer',
    });
  }

  function refresh(token: string, response: ServerResponse): void {
    if (!grants.has(token)) {
      grants.clear();
      return json(response, 400, { error: 'invalid_grant' });
    }
    grants.delete(token);
    return issue(response);
  }

  function exchange(form: URLSearchParams, response: ServerResponse): void {
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const verifier = form.get('code_verifier');
    const challenge = verifier && createHash('sha256').update(verifier).digest('base64url');
    const isRight =
      known && known.challenge === challenge && known.redirectUri === form.get('redirect_uri');
    return isRight ? issue(response) : json(response, 400, { error: 'invalid_grant' });
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    if (request.url === '/api') {
      const token = request.headers.authorization?.replace('Bearer ', '');
      const isGood = [...grants.values()].some(({ access }) => access === token);
      return json(response, isGood ? 200 : 401, { isGood });
    }
    state.calls++;
    if (state.isDown) return json(response, 503, { error: 'temporarily_unavailable' });
    const client = `Basic ${Buffer.from('client:secret').toString('base64')}`;
    if (request.headers.authorization !== client)
      return json(response, 401, { error: 'invalid_client' });
    if (form.get('grant_type') === 'authorization_code') return exchange(form, response);
    if (form.get('grant_type') === 'client_credentials') return issue(response);
    return refresh(form.get('refresh_token') ?? '', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  return {
    base,
    state,
    /** What a person does who agrees on the consent page at `url`: the code that travels back. */
    agree(url: string): { code: string; state: string } {
      const query = new URL(url).searchParams;
      const code = randomUUID();
      codes.set(code, {
        challenge: query.get('code_challenge'),
        redirectUri: query.get('redirect_uri'),
      });
      return { code, state: query.get('state') ?? '' };
    },
    /** Access tokens end, refresh tokens stay. */
    endAccess() {
      for (const grant of grants.values()) grant.access = 'ended';
    },
    endGrants: () => grants.clear(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
