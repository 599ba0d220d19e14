import type { EvaluationScope } from './scope.ts';

/** Variables beside the scope's own, by name with `$`, such as `{ $response: … }`. Plain data only. */
export type ExtraVariables = Readonly<Record<string, unknown>>;

export interface Evaluator {
  /**
   * Evaluates one parameter text.
   *
   * @param text - Parameter text. With a leading `=` it is an expression; without, it comes back as it is.
   * @param scope - What the expression may know.
   * @param itemIndex - Which item of `scope.input` is current.
   * @returns The typed value if the whole body is one `{{ }}`, else a string. Plain data, dates or Luxon
   *   values; never a function. Ordinary run-time errors of the expression give `undefined`.
   * @throws {MillraceError} `EXPR_SYNTAX`, `EXPR_FAILED` or `EXPR_BUDGET`, nothing else.
   */
  evaluate(
    text: string,
    scope: EvaluationScope,
    itemIndex: number,
    extra?: ExtraVariables,
  ): unknown;
}

/** How much one evaluation may use. Going over any of them is `EXPR_BUDGET`. */
export interface Limits {
  /** Calls, loop rounds and elements visited. */
  readonly steps: number;
  /** Characters of one string. */
  readonly stringLength: number;
  /** Elements of one array, map or set. */
  readonly arrayLength: number;
  /** Bits of one BigInt. */
  readonly bigintBits: number;
  /** Bytes allocated over the whole evaluation, roughly. */
  readonly bytes: number;
  /** Nested calls of the expression's own functions. */
  readonly callDepth: number;
}

/**
 * Runs a regular expression the linear engine cannot express (look-around, back-references), guarded:
 * in a child that can be ended. Returns what `RegExp.prototype.exec` would, from `lastIndex` on.
 */
export type SlowRegex = (request: {
  readonly source: string;
  readonly flags: string;
  readonly text: string;
  readonly lastIndex: number;
}) => {
  readonly index: number;
  readonly groups: readonly (string | undefined)[];
  readonly named?: Readonly<Record<string, string | undefined>>;
} | null;

export interface EvaluatorOptions {
  readonly limits?: Partial<Limits>;
  /** Compiled texts kept (least recently used go first). Default 2,000. */
  readonly cacheSize?: number;
  readonly slowRegex?: SlowRegex;
}

/** One thing wrong with an expression's text, for the editor's underline. Offsets into the whole text. */
export interface SyntaxProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}
