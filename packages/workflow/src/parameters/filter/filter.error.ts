import { MillraceError } from '../../errors/index.ts';

interface FilterErrorDetails {
  readonly condition: number;
  readonly item: number;
  readonly description: string;
}

/** A side of a condition does not have, or cannot be given, the type of its comparison. */
export class FilterError extends MillraceError<FilterErrorDetails> {
  readonly code = 'NODE_PARAM_INVALID';

  constructor(message: string, details: FilterErrorDetails) {
    super(`${message} [condition ${details.condition}, item ${details.item}]`, {
      details,
      fix: details.description,
    });
  }
}
