import type { Tables } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import type { NamedArm } from '../stats/experiments/judge-arms.ts';
import { exposures, type ExperimentArm } from '../tables/experiments.ts';

/** Who saw each arm of a stored experiment, and who did it. */
export async function countStored(
  tables: Tables,
  experiment: string,
  arms: readonly ExperimentArm[],
): Promise<NamedArm[]> {
  const groups = await tables.open(exposures).groupBy({
    by: ['arm', 'isConverted'],
    figures: { people: 'count' },
    where: { experiment },
  });
  const sum = (name: string, onlyConverted: boolean) =>
    groups
      .filter(({ arm, isConverted }) => arm === name && (isConverted || !onlyConverted))
      .reduce((total, { people }) => total + people, 0);
  return arms.map(({ name, share }) => ({
    name,
    share,
    trials: sum(name, false),
    successes: sum(name, true),
  }));
}

/** Reads items as counts of arms; items of the same arm are summed. @throws {InputError} */
export function countItems(
  rows: readonly Readonly<Record<string, unknown>>[],
  arms: readonly ExperimentArm[],
): NamedArm[] {
  const counts = new Map(arms.map((arm) => [arm.name, { ...arm, trials: 0, successes: 0 }]));
  for (const [index, row] of rows.entries()) {
    const field = itemFields(row, index);
    const name = field.need('arm', 'variant');
    const own = counts.get(name);
    if (!own)
      throw new InputError(
        `Item ${index} is of the arm "${name}", which the experiment does not have`,
        `Take one of ${arms.map((arm) => `"${arm.name}"`).join(', ')}, or add it to "Arms"`,
      );
    const trials = field.number('trials', 'exposed', 'visitors', 'people') ?? NaN;
    const successes = field.number('successes', 'converted', 'conversions') ?? NaN;
    if (!(
      Number.isInteger(trials) &&
      Number.isInteger(successes) &&
      successes >= 0 &&
      successes <= trials
    ))
      throw new InputError(
        `Item ${index} has ${String(row['successes'])} successes of ${String(row['trials'])} trials`,
        'Give each arm whole numbers "trials" and "successes", with no more successes than trials',
      );
    own.trials += trials;
    own.successes += successes;
  }
  return [...counts.values()];
}
