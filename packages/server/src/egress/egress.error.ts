import { MillraceError } from '@millrace/workflow/errors';

interface EgressErrorDetails {
  /** Machine word, such as `ECONNREFUSED`, `ERR_ADDRESS_REFUSED`, `ERR_FR_TOO_MANY_REDIRECTS`. */
  readonly reason: string;
  readonly host: string;
}

/** A request got no response: refused here, not connected, too slow or too large. */
export class EgressError extends MillraceError<EgressErrorDetails> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(
    message: string,
    details: EgressErrorDetails,
    options: { fix?: string; cause?: unknown } = {},
  ) {
    super(message, { details, ...options });
  }
}
