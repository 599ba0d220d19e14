import type { JsonObject } from '@millrace/workflow/items';
import type { Clock, HttpPort } from '@millrace/workflow/ports';
import { newId, type Database } from '../../db/index.ts';
import type { CredentialTypes } from '../../egress/index.ts';
import type { CredentialSecrets, OpenedCredential, TokenSource } from '../credentials/index.ts';
import { readSettings, readTokens, type TokenData } from './oauth2-data.ts';
import {
  CredentialExpiredError,
  CredentialNotConnectedError,
  TokenRequestError,
} from './oauth2.error.ts';
import { createRenewalLease } from './renewal-lease.ts';
import { requestTokens } from './token-endpoint.ts';

/** Renewed this long before it ends, so that it outlives the request it is for. */
const MARGIN_MS = 60_000;
const RETRY_MS = 100;

interface TokenOptions {
  readonly db: Database;
  readonly secrets: CredentialSecrets;
  readonly types: CredentialTypes;
  readonly http: HttpPort;
  readonly clock: Clock;
}

/**
 * Keeps the access tokens of OAuth2 credentials good.
 *
 * However many runs and processes find a token used up, one of them renews it and the others wait for
 * what it stores. A refresh token may be good for one use only, so the new one is stored before
 * anybody uses what came with it.
 */
export function createTokenService(options: TokenOptions): TokenSource {
  const { db, secrets, types, http, clock } = options;
  const lease = createRenewalLease(db, clock.now);
  const underWay = new Map<string, Promise<JsonObject>>();

  /** Callers of this process that want the same renewal share it. */
  function renew(credential: OpenedCredential, stale: string | undefined): Promise<JsonObject> {
    const { id } = credential;
    const known = underWay.get(id);
    if (known) return known;
    const renewal = renewOnce(credential, stale).finally(() => underWay.delete(id));
    underWay.set(id, renewal);
    return renewal;
  }

  async function renewOnce(
    { id }: OpenedCredential,
    stale: string | undefined,
  ): Promise<JsonObject> {
    const owner = newId(clock.now());
    for (;;) {
      const isMine = await lease.take(id, owner);
      try {
        const current = await secrets.byId(id);
        const tokens = readTokens(current.data);
        if (tokens?.refused !== undefined)
          throw new CredentialExpiredError(current.name, tokens.refused);
        if (tokens && tokens.access_token !== stale) return current.data;
        if (isMine) return await fetchAndStore(current, tokens);
      } finally {
        if (isMine) await lease.release(id, owner);
      }
      await clock.sleep(RETRY_MS);
    }
  }

  async function fetchAndStore(
    credential: OpenedCredential,
    tokens: TokenData | undefined,
  ): Promise<JsonObject> {
    const { id, name, type, data } = credential;
    const settings = readSettings(types.complete(type, data));
    const grant = grantOf(settings, tokens);
    if (!grant) throw new CredentialNotConnectedError(name);
    try {
      const fresh = await requestTokens(settings, grant, { http, now: clock.now() });
      return await store(id, { ...tokens, expires_at: undefined, ...fresh });
    } catch (error) {
      if (!(error instanceof TokenRequestError) || !error.isFinal) throw error;
      const { reason } = error.details;
      if (tokens) await store(id, { ...tokens, refused: reason });
      throw new CredentialExpiredError(name, reason);
    }
  }

  /** For a credential that is not saved: nothing is kept. */
  async function firstTokens({ type, data }: OpenedCredential): Promise<TokenData> {
    const settings = readSettings(types.complete(type, data));
    const grant = grantOf(settings, undefined) ?? {};
    return requestTokens(settings, grant, { http, now: clock.now() });
  }

  async function store(id: string, oauthTokenData: JsonObject): Promise<JsonObject> {
    const held: { data?: JsonObject } = {};
    await secrets.change(id, (data) => (held.data = { ...data, oauthTokenData }));
    return held.data ?? {};
  }

  const isUsedUp = ({ expires_at }: TokenData) =>
    expires_at !== undefined && expires_at - MARGIN_MS <= clock.now();

  return {
    async fresh(credential) {
      const { id, name, type, data } = credential;
      const tokens = readTokens(data);
      const { grantType } = readSettings(types.complete(type, data));
      if (tokens?.refused !== undefined) throw new CredentialExpiredError(name, tokens.refused);
      if (tokens && (!isUsedUp(tokens) || id === '')) return data;
      if (!tokens && grantType !== 'clientCredentials') throw new CredentialNotConnectedError(name);
      if (!tokens && id === '') return { ...data, oauthTokenData: await firstTokens(credential) };
      if (tokens && grantType !== 'clientCredentials' && !tokens.refresh_token) return data;
      return renew(credential, tokens?.access_token);
    },

    async renewed(credential, data) {
      const tokens = readTokens(data);
      const { grantType } = readSettings(types.complete(credential.type, data));
      const canRenew = grantType === 'clientCredentials' || tokens?.refresh_token !== undefined;
      return canRenew ? renew(credential, tokens?.access_token) : undefined;
    },
  };
}

function grantOf(
  { grantType, scope }: ReturnType<typeof readSettings>,
  tokens: TokenData | undefined,
): Record<string, string> | undefined {
  if (grantType === 'clientCredentials')
    return { grant_type: 'client_credentials', ...(scope && { scope }) };
  const refreshToken = tokens?.refresh_token;
  return refreshToken === undefined
    ? undefined
    : { grant_type: 'refresh_token', refresh_token: refreshToken };
}
