import { MillraceError } from '../errors/index.ts';

interface SyntaxDetails {
  /** Offset into the code between the braces. */
  readonly offset: number;
  readonly reason: string;
  /** Offset into the whole parameter text, its `=` included. */
  readonly position?: number;
}

/** The text between the braces is not one expression. */
export class ExpressionSyntaxError extends MillraceError<SyntaxDetails> {
  readonly code = 'EXPR_SYNTAX';

  constructor(reason: string, offset = 0, position?: number) {
    super('invalid syntax', {
      details: { offset, reason, ...(position !== undefined && { position }) },
      fix: `Check the expression near character ${(position ?? offset) + 1}: ${reason}`,
    });
  }
}

/** What kind of failure it was, in n8n's words (n8n-facts B3.15), for those the data proxy raises. */
export type FailureType =
  | 'no_execution_data'
  | 'no_node_execution_data'
  | 'no_input_connection'
  | 'internal'
  | 'paired_item_invalid_info'
  | 'paired_item_no_info'
  | 'paired_item_multiple_matches'
  | 'paired_item_no_connection'
  | 'paired_item_intermediate_nodes';

interface FailureDetails {
  readonly type?: FailureType;
  readonly node?: string;
  readonly itemIndex?: number;
  readonly description?: string;
  /** The name that leads nowhere, or is not allowed. */
  readonly name?: string;
  /** The existing name closest to it. */
  readonly nearest?: string;
  /** Where the name stands: offset into the parameter text, its `=` included. */
  readonly position?: number;
}

/** The expression asked for something it cannot have. Unlike its ordinary errors, this reaches the user. */
export class ExpressionError extends MillraceError<FailureDetails> {
  readonly code = 'EXPR_FAILED';

  constructor(
    message: string,
    details: FailureDetails = {},
    fix = 'Open the expression and correct it',
  ) {
    super(message, { details, fix });
  }
}

/** The expression used more than it may: steps, memory, string or number size, nesting. */
export class ExpressionBudgetError extends MillraceError<{ limit: string; allowed: number }> {
  readonly code = 'EXPR_BUDGET';

  constructor(limit: string, allowed: number) {
    super(`The expression goes over its limit of ${allowed} ${limit}`, {
      details: { limit, allowed },
      fix: 'Do this work in a Code node, or on fewer items',
    });
  }
}
