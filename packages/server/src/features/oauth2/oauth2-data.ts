import type { JsonObject } from '@millrace/workflow/items';

/** What an OAuth2 credential says about its service. */
export interface OAuth2Settings {
  readonly grantType: 'authorizationCode' | 'pkce' | 'clientCredentials';
  readonly authUrl: string;
  readonly accessTokenUrl: string;
  readonly clientId: string;
  /** What the service calls it: `client_id`, or TikTok's `client_key`. */
  readonly clientIdName: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly authQueryParameters: string;
  readonly clientIn: 'header' | 'body';
  readonly ignoresCertificates: boolean;
}

/** Tokens as the service gave them, kept in the credential under `oauthTokenData` as n8n does. */
export interface TokenData extends JsonObject {
  readonly access_token: string;
  readonly refresh_token?: string;
  /** ms since the epoch, by our clock; absent when the service does not say. */
  readonly expires_at?: number;
  /** Why the service refused to renew it; it is not asked again. */
  readonly refused?: string;
}

/** @param data - Complete: defaults of the type filled in. */
export function readSettings(data: JsonObject): OAuth2Settings {
  const text = (name: string) => String(data[name] ?? '').trim();
  const grant = text('grantType');
  return {
    grantType: grant === 'clientCredentials' || grant === 'pkce' ? grant : 'authorizationCode',
    authUrl: text('authUrl'),
    accessTokenUrl: text('accessTokenUrl'),
    clientId: text('clientId'),
    clientIdName: text('clientIdName') || 'client_id',
    clientSecret: text('clientSecret'),
    scope: text('scope'),
    authQueryParameters: text('authQueryParameters'),
    clientIn: text('authentication') === 'body' ? 'body' : 'header',
    ignoresCertificates: data['ignoreSSLIssues'] === true,
  };
}

/** The tokens in a credential's data; `undefined` when there are none. */
export function readTokens({ oauthTokenData }: JsonObject): TokenData | undefined {
  if (typeof oauthTokenData !== 'object' || oauthTokenData === null) return undefined;
  const { access_token, refresh_token, expires_at, refused, ...rest }: JsonObject =
    Object.fromEntries(Object.entries(oauthTokenData));
  if (typeof access_token !== 'string' || access_token === '') return undefined;
  return {
    ...rest,
    access_token,
    ...(typeof refresh_token === 'string' && { refresh_token }),
    ...(typeof expires_at === 'number' && { expires_at }),
    ...(typeof refused === 'string' && { refused }),
  };
}
