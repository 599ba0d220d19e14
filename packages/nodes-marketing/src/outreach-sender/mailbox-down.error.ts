import { MillraceError } from '@millrace/workflow/errors';

/** The service takes no mail from this mailbox now; nothing of what was due is lost. */
export class MailboxDownError extends MillraceError<{
  readonly from: string;
  readonly reason: string;
}> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(from: string, reason: string) {
    super(`No mail can be sent from "${from}": ${reason}`, {
      details: { from, reason },
      fix: 'Check the credential and the limits of the mailbox; what is due stays due and goes out with the next run',
    });
  }
}
