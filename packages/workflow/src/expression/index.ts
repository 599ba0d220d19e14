export { listExtensionMethods, listVariables, type ExtensionMethod } from './completions.ts';
export { checkSyntax, parseTemplate } from './diagnostics.ts';
export {
  evaluateTable,
  type ExpressionTable,
  type TableResult,
  type TableRow,
} from './evaluate-table.ts';
export { createEvaluator, evaluate } from './evaluator.ts';
export type {
  Evaluator,
  EvaluatorOptions,
  ExtraVariables,
  Limits,
  SlowRegex,
  SyntaxProblem,
} from './evaluator.types.ts';
export {
  ExpressionBudgetError,
  ExpressionError,
  ExpressionSyntaxError,
  type FailureType,
} from './expression.errors.ts';
export { linearRegex, PatternError, type LinearRegex } from './regex/linear-regex.ts';
export type { EvaluationScope } from './scope.ts';
export { isExpression, type Chunk } from './template.ts';
