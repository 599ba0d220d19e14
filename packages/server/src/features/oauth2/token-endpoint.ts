import type { JsonObject } from '@millrace/workflow/items';
import type { HttpPort, HttpResponse } from '@millrace/workflow/ports';
import { basicHeader } from '../../egress/index.ts';
import { readTokens, type OAuth2Settings, type TokenData } from './oauth2-data.ts';
import { TokenRequestError } from './oauth2.error.ts';

const TIMEOUT_MS = 20_000;

/**
 * Asks a token endpoint for tokens.
 *
 * @param grant - `grant_type` and its fields.
 * @param now - ms since the epoch; `expires_in` counts from here.
 * @throws {TokenRequestError} with the service's own `error` as reason.
 * @see RFC 6749 §5
 */
export async function requestTokens(
  settings: OAuth2Settings,
  grant: Readonly<Record<string, string>>,
  { http, now }: { readonly http: HttpPort; readonly now: number },
): Promise<TokenData> {
  const { accessTokenUrl, clientId, clientIdName, clientSecret, clientIn, ignoresCertificates } =
    settings;
  const isInBody = clientIn === 'body' || clientSecret === '';
  const form = new URLSearchParams({
    ...grant,
    ...(isInBody && { [clientIdName]: clientId }),
    ...(isInBody && clientSecret !== '' && { client_secret: clientSecret }),
  });
  const response = await http.request({
    method: 'POST',
    url: accessTokenUrl,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(!isInBody && {
        // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
        authorization: basicHeader(encodeURIComponent(clientId), encodeURIComponent(clientSecret)),
      }),
    },
    body: form.toString(),
    timeoutMs: TIMEOUT_MS,
    maxRedirects: 0,
    ...(ignoresCertificates && { allowUnauthorizedCerts: true }),
  });
  const answer = fieldsOf(response);
  const tokens = readTokens({ oauthTokenData: answer });
  if (response.status >= 400 || !tokens) {
    const host = new URL(accessTokenUrl).hostname;
    const reason = typeof answer['error'] === 'string' ? answer['error'] : 'no access token';
    throw new TokenRequestError(host, reason, response.status);
  }
  const lifeSeconds = Number(answer['expires_in']);
  return {
    ...tokens,
    ...(Number.isFinite(lifeSeconds) &&
      lifeSeconds > 0 && { expires_at: now + lifeSeconds * 1000 }),
  };
}

/** JSON, or form fields as some services answer. */
function fieldsOf({ body }: HttpResponse): JsonObject {
  const text = Buffer.from(body).toString('utf8');
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null
      ? Object.fromEntries(Object.entries(json))
      : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
