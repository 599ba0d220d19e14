import { MillraceError } from '@millrace/workflow/errors';

/** An OAuth2 credential nobody has connected yet. */
export class CredentialNotConnectedError extends MillraceError<{ credential: string }> {
  readonly code = 'CRED_NOT_CONNECTED';

  constructor(credential: string) {
    super(`Credential "${credential}" is not connected to its service yet`, {
      details: { credential },
      fix: `Open the credential "${credential}" and choose Connect`,
    });
  }
}

/** The service has ended what the credential was connected with. */
export class CredentialExpiredError extends MillraceError<{ credential: string; reason: string }> {
  readonly code = 'CRED_EXPIRED';

  constructor(credential: string, reason: string) {
    super(`The service no longer accepts credential "${credential}" (${reason})`, {
      details: { credential, reason },
      fix: `Open the credential "${credential}" and connect it again`,
    });
  }
}

/** A token endpoint answered with an error, or with no token. */
export class TokenRequestError extends MillraceError<{ reason: string; status: number }> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(host: string, reason: string, status: number) {
    super(`"${host}" gave no token: ${reason} (${status})`, {
      details: { reason, status },
      fix: 'Check client ID, client secret, scope and redirect address at the service',
    });
  }

  /** Asking again with the same grant cannot help. */
  get isFinal(): boolean {
    return ['invalid_grant', 'unauthorized_client', 'access_denied'].includes(this.details.reason);
  }
}
