export type { EvaluationScope } from './scope.ts';
