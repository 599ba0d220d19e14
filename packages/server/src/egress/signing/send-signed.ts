import type { JsonObject } from '@millrace/workflow/items';
import type { HttpRequest, HttpResponse } from '@millrace/workflow/ports';
import type { Egress } from '../egress.ts';
import type { CredentialTypes } from './credential-types.ts';

/** A credential with its secrets, as long as one request needs it. */
export interface OpenCredential {
  readonly name: string;
  readonly type: string;
  /** Bound by the user; empty leaves it to the type. */
  readonly hosts: readonly string[];
  readonly data: JsonObject;
}

interface Means {
  readonly egress: Pick<Egress, 'request'>;
  readonly types: CredentialTypes;
}

/** Sends a request with a credential in it, and once more when the answer is a challenge it can meet. */
export async function sendSigned(
  { name, type, hosts, data }: OpenCredential,
  request: HttpRequest,
  { egress, types }: Means,
): Promise<HttpResponse> {
  const bound = hosts.length > 0 ? hosts : types.hostsOf(type, data);
  const join = (challenge?: HttpResponse) => ({
    name,
    hosts: bound,
    sign: (unsigned: HttpRequest) => types.sign(type, data, unsigned, challenge),
  });
  const response = await egress.request(request, join());
  if (response.status !== 401 || response.headers['www-authenticate'] === undefined)
    return response;
  const again = join(response);
  const isSame = sameHeaders(again.sign(request), types.sign(type, data, request));
  return isSame ? response : egress.request(request, again);
}

const sameHeaders = (a: HttpRequest, b: HttpRequest) =>
  JSON.stringify(a.headers) === JSON.stringify(b.headers);
