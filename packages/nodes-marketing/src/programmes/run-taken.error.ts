import { MillraceError } from '@millrace/workflow/errors';
import type { Programme } from '../tables/programmes.ts';

/** Two want to work on one run of a programme: the first goes on, the second is told. */
export class RunTakenError extends MillraceError<{ programme: Programme; holder: string }> {
  readonly code = 'RESOURCE_CONFLICT';

  constructor(programme: Programme, holder: string) {
    super(`The programme "${programme}" is being run by ${holder}`, {
      details: { programme, holder },
      fix: 'Wait until that has ended, or stop it: then run the programme again',
    });
  }
}
