import { MillraceError } from '@millrace/workflow/errors';

/** A model service answered with an error, or none of the models asked did. */
export class LlmServiceError extends MillraceError<{
  model: string;
  status: number | null;
  reason: string;
  /** Models asked before this one, with why they did not answer. */
  tried: readonly string[];
}> {
  readonly code = 'NODE_SERVICE_FAILED';
}

/** A model answered, but not with what was asked for. */
export class LlmAnswerError extends MillraceError<{
  model: string;
  problems: readonly string[];
  /** The beginning of the answer. */
  answer: string;
}> {
  readonly code = 'NODE_ANSWER_INVALID';

  constructor(
    model: string,
    { problems, answer }: { problems: readonly string[]; answer: string },
    fix = 'Make the schema simpler, raise the token limit, or ask a stronger model',
  ) {
    super(`"${model}" did not answer as asked: ${problems[0] ?? 'no answer'}`, {
      details: { model, problems, answer: answer.slice(0, 500) },
      fix,
    });
  }
}

/** A budget for language models is used up; nothing was asked. */
export class LlmBudgetError extends MillraceError<{
  scope: 'project' | 'workflow';
  period: 'day' | 'month';
  limit: number;
  spent: number;
}> {
  readonly code = 'NODE_BUDGET_SPENT';

  constructor(details: LlmBudgetError['details']) {
    const { scope, period, limit, spent } = details;
    super(
      `The ${scope}'s budget for models is used up: $${spent.toFixed(2)} of $${limit.toFixed(2)} this ${period}`,
      { details, fix: `Raise the budget of the ${scope}, or wait for the next ${period}` },
    );
  }
}
