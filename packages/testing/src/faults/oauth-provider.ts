import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A service behind OAuth2 that is as strict as they come: a refresh token is good for one use, and one that
 * comes back a second time logs everybody out.
 */
export interface OAuthProvider {
  readonly base: string;
  /** Answers of the token endpoint to refresh tokens that were good. */
  readonly refreshes: number;
  readonly isLoggedOut: boolean;
  /** Access tokens given from now on last so long. */
  giveFor(seconds: number): void;
  /** What a person brings back who agrees on the consent page at `url`: the query of the callback. */
  agree(url: string): URLSearchParams;
  /** Ends the access tokens. Calls with an ended one are answered when so many wait for it. */
  endAccess(together: number): void;
  close(): Promise<void>;
}

export async function openOAuthProvider(): Promise<OAuthProvider> {
  const state = {
    access: '',
    refresh: '',
    refreshes: 0,
    isLoggedOut: false,
    together: 0,
    lifeSeconds: 3600,
  };
  const refused: ServerResponse[] = [];

  function issue(response: ServerResponse): void {
    state.access = `access-${randomUUID()}`;
    state.refresh = `refresh-${randomUUID()}`;
    json(response, 200, {
      access_token: state.access,
      refresh_token: state.refresh,
      expires_in: state.lifeSeconds,
      token_type: 'Bearer',
    });
  }

  function takeGrant(form: URLSearchParams, response: ServerResponse): void {
    if (form.get('grant_type') === 'authorization_code') return issue(response);
    if (state.isLoggedOut || form.get('refresh_token') !== state.refresh) {
      state.isLoggedOut = true;
      state.access = '';
      return json(response, 400, { error: 'invalid_grant' });
    }
    state.refreshes++;
    return issue(response);
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization === `Bearer ${state.access}`)
      return json(response, 200, { isGood: true });
    refused.push(response);
    if (refused.length < state.together) return undefined;
    for (const each of refused.splice(0)) json(each, 401, { error: 'invalid_token' });
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    if (request.url === '/token') takeGrant(form, response);
    else serve(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  return {
    base: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    get refreshes() {
      return state.refreshes;
    },
    get isLoggedOut() {
      return state.isLoggedOut;
    },
    giveFor: (seconds) => void (state.lifeSeconds = seconds),
    agree(url) {
      const answer = { code: randomUUID(), state: new URL(url).searchParams.get('state') ?? '' };
      return new URLSearchParams(answer);
    },
    endAccess(together) {
      state.access = 'ended';
      state.together = together;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
