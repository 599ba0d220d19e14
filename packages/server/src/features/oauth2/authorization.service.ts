import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { InvalidError, type Caller } from '../../platform/index.ts';
import type { HttpPort } from '@millrace/workflow/ports';
import { LessThan } from 'typeorm';
import { OAuth2FlowEntity, type Database, type OAuth2FlowRow } from '../../db/index.ts';
import type { CredentialTypes } from '../../egress/index.ts';
import type { CredentialSecrets, CredentialService } from '../credentials/index.ts';
import { readSettings } from './oauth2-data.ts';
import { requestTokens } from './token-endpoint.ts';

const FLOW_MS = 10 * 60_000;

interface AuthorizationOptions {
  readonly db: Database;
  readonly credentials: CredentialService;
  readonly secrets: CredentialSecrets;
  readonly types: CredentialTypes;
  readonly http: HttpPort;
  /** Signs the state that travels through the browser. */
  readonly key: Buffer;
  /** Where services send people back to. */
  readonly redirectUrl: string;
  readonly now?: () => number;
}

export type AuthorizationService = ReturnType<typeof createAuthorizationService>;

/** Connects OAuth2 credentials: to the consent page and back with a code, which becomes tokens. */
export function createAuthorizationService(options: AuthorizationOptions) {
  const { db, credentials, secrets, types, http, key, redirectUrl, now = Date.now } = options;

  /** Takes the flow a state belongs to away, so that it counts once. */
  async function takeFlow(state: string): Promise<OAuth2FlowRow> {
    const [nonce = '', signature = ''] = state.split('.');
    const row = isEqual(signature, sign(key, nonce))
      ? await db.source.getRepository(OAuth2FlowEntity).findOneBy({ id: hash(nonce) })
      : null;
    const taken =
      row && (await db.transaction((manager) => manager.delete(OAuth2FlowEntity, { id: row.id })));
    if (row && taken?.affected === 1 && Number(row.expiresAt) > now()) return row;
    throw new InvalidError(
      'This connection was started elsewhere, took too long, or was finished already',
      'Open the credential and choose Connect again',
    );
  }

  return {
    /** @returns the address of the service's consent page. */
    async begin(caller: Caller, credentialId: string): Promise<string> {
      await credentials.find(caller, credentialId, 'editor');
      const { type, data } = await secrets.byId(credentialId);
      const { authUrl, clientId, clientIdName, scope, authQueryParameters, grantType } =
        readSettings(types.complete(type, data));
      if (!types.isOAuth2(type) || grantType === 'clientCredentials' || !URL.canParse(authUrl)) {
        throw new InvalidError(
          'This credential has no consent page to go to',
          'Fill in the authorization URL; client credentials need no connecting',
        );
      }
      const nonce = randomBytes(24).toString('base64url');
      const codeVerifier = randomBytes(48).toString('base64url');
      const flow = { id: hash(nonce), credentialId, userId: caller.userId, codeVerifier };
      await db.transaction(async (manager) => {
        await manager.delete(OAuth2FlowEntity, { expiresAt: LessThan(now()) });
        await manager.insert(OAuth2FlowEntity, { ...flow, expiresAt: now() + FLOW_MS });
      });
      const url = new URL(authUrl);
      const query = {
        ...Object.fromEntries(new URLSearchParams(authQueryParameters)),
        response_type: 'code',
        [clientIdName]: clientId,
        redirect_uri: redirectUrl,
        state: `${nonce}.${sign(key, nonce)}`,
        ...(scope && { scope }),
        ...(grantType === 'pkce' && {
          code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
          code_challenge_method: 'S256',
        }),
      };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },

    /** Turns the code a service sent back into tokens. @returns whose credential is connected now. */
    async finish(answer: {
      readonly state: string;
      readonly code?: string | undefined;
      readonly error?: string | undefined;
    }): Promise<{ userId: string; credentialId: string }> {
      const { userId, credentialId, codeVerifier } = await takeFlow(answer.state);
      if (answer.code === undefined) {
        throw new InvalidError(
          `The service did not give access (${answer.error ?? 'no code'})`,
          'Choose Connect again and agree to what is asked',
        );
      }
      const { type, data } = await secrets.byId(credentialId);
      const settings = readSettings(types.complete(type, data));
      const grant = {
        grant_type: 'authorization_code',
        code: answer.code,
        redirect_uri: redirectUrl,
        ...(settings.grantType === 'pkce' && { code_verifier: codeVerifier }),
      };
      const oauthTokenData = await requestTokens(settings, grant, { http, now: now() });
      await secrets.change(credentialId, (stored) => ({ ...stored, oauthTokenData }));
      return { userId, credentialId };
    },

    async disconnect(caller: Caller, credentialId: string): Promise<void> {
      await credentials.find(caller, credentialId, 'editor');
      await secrets.change(credentialId, (data) => ({ ...data, oauthTokenData: undefined }));
    },
  };
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const sign = (key: Buffer, nonce: string) =>
  createHmac('sha256', key).update(`oauth2 ${nonce}`).digest('base64url');

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
