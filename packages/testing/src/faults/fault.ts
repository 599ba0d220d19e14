import type { Testbed, TestbedOptions } from './testbed.ts';
import type { Verdict } from './verdict.ts';

/** What a row of the table needs to run. */
export interface FaultContext {
  /** In [0, 1); the same numbers for the same seed. */
  random(): number;
  /** Closed after the row. */
  open(options: TestbedOptions): Promise<Testbed>;
  /** Called after the row, when its testbeds are gone. */
  after(cleanUp: () => Promise<void>): void;
}

export interface FaultResult extends Partial<Verdict> {
  /** Refused writes or calls, where the row is about them. */
  readonly refused?: number;
  /** What did not hold; empty when all did. */
  readonly broken: readonly string[];
  readonly note?: string;
}

/** One row of reliability.md. */
export interface Fault {
  readonly id: string;
  readonly name: string;
  run(context: FaultContext): Promise<FaultResult>;
}

/** Names what does not hold. */
export const brokenOf = (claims: Readonly<Record<string, boolean>>): string[] =>
  Object.entries(claims).flatMap(([claim, holds]) => (holds ? [] : [claim]));

/** The claims every row makes about the work: nothing lost, no outcome twice, repeats bounded. */
export const workHolds = (verdict: Verdict, maxRepeats: number): Record<string, boolean> => ({
  'nothing is lost': verdict.lost === 0,
  'all ended well': verdict.finished === verdict.accepted,
  'outcomes are recorded once': verdict.doubles === 0,
  [`at most ${maxRepeats} effects repeated`]: verdict.repeated <= maxRepeats,
});
