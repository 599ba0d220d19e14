import { isStackOverflow } from './caught.ts';
import { missingName, placeOf } from './explain.ts';
import { ExpressionError } from './expression.errors.ts';
import type { EvaluationScope } from './scope.ts';
import { GuestError } from './values.ts';

/** For strict workflows: a value that is not there. */
export const undefinedError = () =>
  new ExpressionError(
    'The expression gives undefined',
    { description: UNDEFINED },
    'Correct the path, or say what to use in its place with ??',
  );

const UNDEFINED = 'This workflow is strict: what is undefined is an error';

/** For strict workflows: an ordinary error, which others swallow. */
export function strictError(value: unknown): ExpressionError {
  const reason = value instanceof GuestError ? value.message : String(value);
  return new ExpressionError(
    `The expression failed: ${reason}`,
    { description: UNDEFINED },
    'Correct the expression, or guard it with ?. and ??',
  );
}

/** The error with the place and the nearest existing name, where they can be found. */
export function explained(
  error: ExpressionError,
  text: string,
  { input }: EvaluationScope,
  itemIndex: number,
): ExpressionError {
  if (error.details.position !== undefined) return error;
  const place = findPlace(error, text, input[itemIndex]?.json);
  if (!place) return error;
  const isUndefined = error.details.description === UNDEFINED;
  return new ExpressionError(
    isUndefined ? `${error.message}: there is no "${place.name}"` : error.message,
    { ...place, ...error.details },
    place.nearest === undefined ? error.fix : `Did you mean "${place.nearest}"?`,
  );
}

function findPlace({ details }: ExpressionError, text: string, json: unknown) {
  try {
    if (details.name !== undefined) return placeOf(text, details.name);
    return details.description === UNDEFINED ? missingName(text, json) : undefined;
  } catch (error) {
    if (isStackOverflow(error)) return undefined;
    throw error;
  }
}
