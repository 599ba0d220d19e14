import type { JsonObject } from '@millrace/workflow/items';
import type { HttpRequest, HttpResponse } from '@millrace/workflow/ports';
import { sendSigned, type CredentialTypes, type Egress } from '../../egress/index.ts';
import type { Secrets } from '../../runtime/index.ts';
import type { CredentialSecrets, OpenedCredential } from './credential-secrets.service.ts';

/** Where the access tokens of OAuth2 credentials come from. */
export interface TokenSource {
  /** The credential's data with a token that is good as far as we know. */
  fresh(credential: OpenedCredential): Promise<JsonObject>;
  /** After a service refused the token in `data`; `undefined` when there is nothing to renew it with. */
  renewed(credential: OpenedCredential, data: JsonObject): Promise<JsonObject | undefined>;
}

export interface CredentialSender {
  send(credential: OpenedCredential, request: HttpRequest): Promise<HttpResponse>;
}

interface SecretsOptions {
  readonly secrets: CredentialSecrets;
  readonly types: CredentialTypes;
  readonly tokens: TokenSource;
  readonly egress: Egress;
}

/** What executions do with credentials: read them (nodes that sign for themselves) or send with them. */
export function createWorkflowSecrets(options: SecretsOptions): Secrets & CredentialSender {
  const { secrets, types, tokens, egress } = options;

  async function send(credential: OpenedCredential, request: HttpRequest): Promise<HttpResponse> {
    const means = { egress, types };
    if (!types.isOAuth2(credential.type)) return sendSigned(credential, request, means);

    const data = await tokens.fresh(credential);
    const response = await sendSigned({ ...credential, data }, request, means);
    if (response.status !== expiredStatus(types.complete(credential.type, data))) return response;
    const renewed = await tokens.renewed(credential, data);
    return renewed ? sendSigned({ ...credential, data: renewed }, request, means) : response;
  }

  return {
    send,

    async credential(type, ref, workflowId) {
      const found = await secrets.ofWorkflow(type, ref, workflowId);
      const data = types.isOAuth2(type) ? await tokens.fresh(found) : found.data;
      const hosts = found.hosts.length > 0 ? found.hosts : types.hostsOf(type, data);
      // n8n's own names for the hosts a credential is bound to: its HTTP helpers read them.
      const bound = hosts.length > 0 && {
        allowedHttpRequestDomains: 'domains',
        allowedDomains: hosts.join(','),
      };
      return { ...types.complete(type, data), ...bound };
    },

    async signedRequest(type, ref, workflowId, request) {
      return send(await secrets.ofWorkflow(type, ref, workflowId), request);
    },
  };
}

const expiredStatus = ({ tokenExpiredStatusCode }: JsonObject) =>
  Number(tokenExpiredStatusCode) || 401;
