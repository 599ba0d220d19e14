import { MillraceError } from '@millrace/workflow/errors';

/** The key this process was given is not the one the credentials are sealed with. */
export class WrongKeyError extends MillraceError<{ expected: string }> {
  readonly code = 'CONFIG_KEY_WRONG';

  /** @param expected - The right key's fingerprint. */
  constructor(expected: string, { isGiven, home }: { isGiven: boolean; home: string }) {
    const where = isGiven ? 'MILLRACE_ENCRYPTION_KEY' : `The file "key" in ${home}`;
    super(
      `${where} is not the key of this instance, which was changed to the one known as ${expected}`,
      {
        details: { expected },
        fix:
          `Give it the key that "millrace key rotate" changed to. If that one is lost, ` +
          `"millrace key rotate --leave-unreadable" makes another; credentials must then be filled in again`,
      },
    );
  }
}

/** Some credentials do not open with the key in use, so it cannot be changed without leaving them. */
export class KeyNotFittingError extends MillraceError<{ credentials: readonly string[] }> {
  readonly code = 'CRED_UNREADABLE';

  constructor(credentials: readonly { readonly id: string; readonly name: string }[]) {
    const named = credentials.slice(0, MAX_NAMED).map(({ id, name }) => `"${name}" (${id})`);
    const more =
      credentials.length > MAX_NAMED ? ` and ${credentials.length - MAX_NAMED} more` : '';
    super(`The key in use does not open these credentials: ${named.join(', ')}${more}`, {
      details: { credentials: credentials.map(({ id }) => id) },
      fix: 'Use the key they were saved with, fill them in again or delete them; --leave-unreadable goes on without them',
    });
  }
}

const MAX_NAMED = 5;
