import type { JsonObject } from '@millrace/workflow/items';
import type { HttpRequest, HttpResponse } from '@millrace/workflow/ports';
import { sendSigned, type CredentialTypes, type Egress } from '../../egress/index.ts';
import type { CredentialLimits, CredentialUse, Secrets } from '../../runtime/index.ts';
import type { CredentialSecrets, OpenedCredential } from './credential-secrets.service.ts';

/** Where the access tokens of OAuth2 credentials come from. */
export interface TokenSource {
  /** The credential's data with a token that is good as far as we know. */
  fresh(credential: OpenedCredential): Promise<JsonObject>;
  /** After a service refused the token in `data`; `undefined` when there is nothing to renew it with. */
  renewed(credential: OpenedCredential, data: JsonObject): Promise<JsonObject | undefined>;
}

export interface CredentialSender {
  /** @param user - Who waits, when the limits of the credential leave no room. */
  send(
    credential: OpenedCredential,
    request: HttpRequest,
    user?: { readonly executionId: string; readonly node: string },
  ): Promise<HttpResponse>;
}

interface SecretsOptions {
  readonly secrets: CredentialSecrets;
  readonly types: CredentialTypes;
  readonly tokens: TokenSource;
  readonly limits: CredentialLimits;
  readonly egress: Egress;
}

/** What executions do with credentials: read them (nodes that sign for themselves) or send with them. */
export function createWorkflowSecrets(options: SecretsOptions): Secrets & CredentialSender {
  const { secrets, types, tokens, limits } = options;

  /** Every request with the credential waits for its turn, the repeated ones too. */
  const egressFor = (credential: OpenedCredential, user: User): Pick<Egress, 'request'> => ({
    request: (request, joined) =>
      limits.send(credential, { ...user, signal: request.signal }, () =>
        options.egress.request(request, joined),
      ),
  });

  async function send(
    credential: OpenedCredential,
    request: HttpRequest,
    user: User,
  ): Promise<HttpResponse> {
    const egress = credential.limits ? egressFor(credential, user) : options.egress;
    const means = { egress, types };
    if (!types.isOAuth2(credential.type)) return sendSigned(credential, request, means);

    const data = await tokens.fresh(credential);
    const response = await sendSigned({ ...credential, data }, request, means);
    if (response.status !== expiredStatus(types.complete(credential.type, data))) return response;
    const renewed = await tokens.renewed(credential, data);
    return renewed ? sendSigned({ ...credential, data: renewed }, request, means) : response;
  }

  return {
    send: (credential, request, user) => send(credential, request, { ...user, isAttempt: false }),

    async credential(type, ref, workflowId, use) {
      const found = await secrets.ofWorkflow(type, ref, workflowId);
      if (use) await limits.enter(found, use);
      const data = types.isOAuth2(type) ? await tokens.fresh(found) : found.data;
      const hosts = found.hosts.length > 0 ? found.hosts : types.hostsOf(type, data);
      // n8n's own names for the hosts a credential is bound to: its HTTP helpers read them.
      const bound = hosts.length > 0 && {
        allowedHttpRequestDomains: 'domains',
        allowedDomains: hosts.join(','),
      };
      return { ...types.complete(type, data), ...bound };
    },

    async signedRequest(type, ref, workflowId, request, use) {
      const found = await secrets.ofWorkflow(type, ref, workflowId);
      if (use) await limits.enter(found, use);
      return send(found, request, { ...userOf(use), isAttempt: use !== undefined });
    },

    attemptEnded: (use) => limits.left(use),
  };
}

interface User {
  readonly executionId?: string;
  readonly node?: string;
  /** A node's attempt holds a place already. */
  readonly isAttempt: boolean;
}

const userOf = (use: CredentialUse | undefined) =>
  use && { executionId: use.executionId, node: use.node };

const expiredStatus = ({ tokenExpiredStatusCode }: JsonObject) =>
  Number(tokenExpiredStatusCode) || 401;
