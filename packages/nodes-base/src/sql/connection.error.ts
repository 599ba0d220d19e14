import { MillraceError } from '@millrace/workflow/errors';

/** A database did not let us in, or was not reached. */
export class DatabaseConnectionError extends MillraceError<{ host: string; reason: string }> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(host: string, cause: unknown) {
    const known = typeof cause === 'object' && cause && 'code' in cause ? cause.code : undefined;
    const reason = String(known ?? 'UNKNOWN');
    super(`The database at "${host}" says: ${cause instanceof Error ? cause.message : cause}`, {
      details: { host, reason },
      fix: fixFor(reason, host),
      cause,
    });
  }
}

function fixFor(reason: string, host: string): string {
  if (/^28|ACCESS_DENIED/.test(reason)) return 'Check user and password of the credential';
  if (/^3D|BAD_DB/.test(reason)) return 'Check the name of the database in the credential';
  if (/CERT|SIGNED|TLS|SSL/.test(reason)) return 'Check the SSL settings of the credential';
  return `Check that "${host}" and its port are right and can be reached from this machine`;
}
