export type {
  Evaluator,
  EvaluatorOptions,
  ExtraVariables,
  Limits,
  SlowRegex,
  SyntaxProblem,
} from './evaluator.types.ts';
export type { EvaluationScope } from './scope.ts';
