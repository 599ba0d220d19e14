import { Type, type Static } from 'typebox';

/** Body of every error answer: RFC 9457 (`application/problem+json`) with our `code` and `fix`. */
export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  /** One of the codes in docs/errors.md. */
  code: Type.String(),
  detail: Type.String(),
  /** One sentence a person can act on. */
  fix: Type.Optional(Type.String()),
  /** Where a body, query or parameter is wrong, by JSON pointer. */
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }))),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  requestId: Type.Optional(Type.String()),
});
export type ProblemBody = Static<typeof ProblemBody>;

/** An answer that was not 2xx, as the client throws it. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }
}
