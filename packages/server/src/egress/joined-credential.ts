import { MillraceError } from '@millrace/workflow/errors';
import type { HttpRequest } from '@millrace/workflow/ports';

/** A credential on its way into a request. */
export interface JoinedCredential {
  /** As the user named it, for messages. */
  readonly name: string;
  /** Hosts it may be sent to, such as `api.example.com` or `*.example.com`; empty is any. */
  readonly hosts: readonly string[];
  /** The request with the secret in it. */
  sign(request: HttpRequest): HttpRequest;
}

/** A credential would have gone to a host it is not bound to. Nothing was sent. */
export class CredentialHostError extends MillraceError<{ credential: string; host: string }> {
  readonly code = 'CRED_HOST_REFUSED';

  constructor(credential: string, host: string, hosts: readonly string[]) {
    super(
      `Credential "${credential}" is not sent to "${host}": it is bound to ${hosts.join(', ')}`,
      {
        details: { credential, host },
        fix: `Add "${host}" to the hosts of "${credential}", or choose the credential made for it`,
      },
    );
  }
}

/** @throws {CredentialHostError} when the URL's host is not among those of the credential. */
export function requireBound({ name, hosts }: JoinedCredential, url: URL): void {
  if (hosts.length === 0) return;
  const isBound = hosts.some((pattern) => matches(pattern.trim().toLowerCase(), url));
  if (!isBound) throw new CredentialHostError(name, url.host, hosts);
}

/** `host`, `host:port`, or `*.host` for everything below it. */
function matches(pattern: string, { host, hostname }: URL): boolean {
  if (pattern.startsWith('*.')) return hostname.endsWith(pattern.slice(1));
  return pattern === hostname || pattern === host;
}
