import { MillraceError } from '@millrace/workflow/errors';

/** The mailbox answers are read from could not be read. */
export class MailboxError extends MillraceError<{ readonly host: string }> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(host: string, cause: unknown) {
    const said = new Map<string, unknown>(
      typeof cause === 'object' && cause !== null ? Object.entries(cause) : [],
    );
    const reason = said.get('responseText') ?? (cause instanceof Error ? cause.message : cause);
    super(`The mailbox at "${host}" cannot be read: ${String(reason)}`, {
      details: { host },
      fix: 'Check host, user and password of the credential, and the name of the folder',
      cause,
    });
  }
}
