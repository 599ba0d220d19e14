import type { NodeLogger, Tables } from '@millrace/workflow/node-api';
import type { LlmPort } from '@millrace/workflow/ports';
import type { Programme } from '../tables/programmes.ts';

/** What every phase of a programme works with: the project's rows, a clock, and a model if there is one. */
export interface ProgrammeContext {
  readonly tables: Tables;
  readonly logger: NodeLogger;
  readonly signal: AbortSignal;
  /** Absent: good templates stand in for the model. */
  readonly llm?: LlmPort;
  /** Same rows and same seed: same plans. */
  readonly seed: number;
  now(): number;
}

/** What a phase did, in numbers people ask for: `quickWins: 386`. */
export type Figures = Readonly<Record<string, number>>;

/**
 * A programme: four phases that each can be done again, because a phase that was cut off is.
 *
 * Every phase reads and writes rows only; nothing is handed from phase to phase in memory.
 */
export interface ProgrammeSteps {
  readonly programme: Programme;
  /** Looks at the data and marks what is worth doing. */
  analyse(context: ProgrammeContext): Promise<Figures>;
  /** Makes plans, the best first, from what was found and what was learned. */
  plan(context: ProgrammeContext, runId: string): Promise<Figures>;
  /** Does what was planned, as far as it can be done without a person. */
  execute(context: ProgrammeContext, runId: string): Promise<Figures>;
  /** Compares outcomes with what was expected and remembers the difference. */
  learn(context: ProgrammeContext, runId: string): Promise<Figures>;
}
