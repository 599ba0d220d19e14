/** One row of the performance table: a ratio to a floor measured in the same run. */
export interface Measurement {
  /** Row of the design's performance table, such as `W1`. */
  readonly id: string;
  readonly what: string;
  readonly floor?: number;
  readonly subject: number;
  readonly unit: string;
  readonly ratio?: number;
  readonly target: string;
}

export type Scenario = () => Promise<Measurement[]>;

const ROUNDS = 3;

/**
 * Measures floor and subject in turn, three rounds after one to warm up, so that a slow moment of the
 * machine hits both; gives the medians.
 */
export async function alternate(
  floor: () => Promise<number>,
  subject: () => Promise<number>,
): Promise<{ floor: number; subject: number }> {
  await floor();
  await subject();
  const floors: number[] = [];
  const subjects: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    floors.push(await floor());
    subjects.push(await subject());
  }
  return { floor: median(floors), subject: median(subjects) };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
