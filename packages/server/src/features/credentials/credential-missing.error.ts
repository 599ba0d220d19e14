import { MillraceError } from '@millrace/workflow/errors';

/** A node names a credential its workflow may not use, or that is not there. */
export class CredentialMissingError extends MillraceError<{ type: string; name: string }> {
  readonly code = 'CRED_MISSING';

  constructor(type: string, name: string) {
    super(`There is no credential "${name}" of type ${type} for this workflow`, {
      details: { type, name },
      fix: 'Open the node and choose a credential of the project the workflow is in',
    });
  }
}
