import { MillraceError } from '../../errors/index.ts';

/** A node asks for a credential that is not set on it. */
export class CredentialMissingError extends MillraceError<{ node: string; type: string }> {
  readonly code = 'CRED_MISSING';

  constructor(node: string, type: string) {
    super(`Node "${node}" does not have any credentials set for "${type}"`, {
      details: { node, type },
      fix: `Open "${node}" and choose a credential`,
    });
  }
}
