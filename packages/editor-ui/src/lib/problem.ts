import { ApiError } from '@millrace/api';

/** An error as shown to a person: what is wrong, and what to do if the server knows. */
export interface Problem {
  readonly text: string;
  readonly fix?: string | undefined;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  /** Message per field, by the last part of its JSON pointer: `/email` is `email`. */
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads any thrown value as a problem.
 *
 * @param unreachable - What to say when the server could not be reached at all.
 */
export function toProblem(error: unknown, unreachable: string): Problem {
  if (error instanceof ApiError) {
    const { detail, fix, code, status, errors = [] } = error.problem;
    const fields = new Map(errors.map((each) => [fieldOf(each.pointer), each.detail]));
    return { text: detail, fix, code, status, fields };
  }
  if (error instanceof TypeError) return { text: unreachable, fields: new Map() };
  return { text: error instanceof Error ? error.message : String(error), fields: new Map() };
}

const fieldOf = (pointer: string) => pointer.split('/').at(-1) ?? pointer;
