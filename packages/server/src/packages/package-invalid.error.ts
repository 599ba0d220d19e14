import { MillraceError } from '@millrace/workflow/errors';

/** A package contradicts itself, another package or the platform. */
export class PackageInvalidError extends MillraceError {
  readonly code = 'NODE_PACKAGE_INVALID';

  constructor(message: string, fix: string) {
    super(message, { details: {}, fix });
  }
}
