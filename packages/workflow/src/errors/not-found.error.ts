import { MillraceError } from './millrace-error.ts';

/** An id that names nothing the caller may see: absent and forbidden look the same on purpose. */
export class NotFoundError extends MillraceError<{ kind: string; id: string }> {
  readonly code = 'RESOURCE_NOT_FOUND';

  constructor(kind: string, id: string) {
    super(`No ${kind} with id "${id}"`, {
      details: { kind, id },
      fix: `Check the id, or ask an owner to share the ${kind} with you`,
    });
  }
}
