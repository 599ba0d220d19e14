import { MillraceError } from '@millrace/workflow/errors';

interface MailErrorDetails {
  readonly host: string;
  /** SMTP reply code, or the word of what failed (`ECONNREFUSED`, `EAUTH`). */
  readonly reason: string;
  /** The server will not take it later either. */
  readonly isPermanent: boolean;
}

/** A mail server refused, or was not reached. */
export class MailError extends MillraceError<MailErrorDetails> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(host: string, cause: unknown) {
    const { reason, isPermanent, text } = readCause(cause);
    super(`The mail server "${host}" says: ${text}`, {
      details: { host, reason, isPermanent },
      fix: fixFor(reason, host),
      cause,
    });
  }
}

/** The two mail libraries say it in different words. */
function readCause(cause: unknown): { reason: string; isPermanent: boolean; text: string } {
  const said = new Map<string, unknown>(
    typeof cause === 'object' && cause ? Object.entries(cause) : [],
  );
  const message = cause instanceof Error ? cause.message : String(cause);
  const status = Number(said.get('responseCode') ?? 0);
  const isAuth = said.get('authenticationFailed') === true;
  const reason = isAuth ? 'EAUTH' : status || said.get('serverResponseCode') || said.get('code');
  return {
    reason: String(reason || 'UNKNOWN'),
    isPermanent: isAuth || (status >= 500 && status < 600),
    text: String(said.get('responseText') || message),
  };
}

function fixFor(reason: string, host: string): string {
  if (/^(535|534|530|EAUTH|AUTHENTICATIONFAILED)$/.test(reason))
    return 'Check user and password of the credential; some services want an app password';
  if (/^4\d\d$/.test(reason))
    return 'Try again later: the server is busy or limits how much it takes';
  if (/^5\d\d$/.test(reason))
    return 'Check the addresses, and that the server lets this sender send';
  if (/TLS|CERT|SIGNED|ESOCKET/.test(reason))
    return 'Check port and SSL/TLS of the credential: 465 speaks TLS at once, 587 and 25 upgrade';
  return `Check that "${host}" and its port are right and can be reached from this machine`;
}
