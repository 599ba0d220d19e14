import type { Tables } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { experiments, type ExperimentArm, type ExperimentRow } from '../tables/experiments.ts';

/** Arms a test can be made of. @throws {InputError} */
export function checkedArms(arms: readonly ExperimentArm[]): readonly ExperimentArm[] {
  const names = arms.map(({ name }) => name.trim());
  if (arms.length < 2)
    throw new InputError(
      `A test takes at least two arms, not ${arms.length}`,
      'Add a control and one other arm',
    );
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`Two arms are called "${twice}"`, 'Give each arm a name of its own');
  const wrong = arms.find(({ share }) => !(share > 0));
  if (wrong)
    throw new InputError(
      `The share of "${wrong.name}" is ${wrong.share}`,
      'Give each arm a share above 0, or remove it',
    );
  return arms.map(({ share }, index) => ({ name: names[index] ?? '', share }));
}

/**
 * The experiment of this name; it begins when it is first asked for.
 *
 * @throws {InputError} when its arms are others than when it began: who is in which would change.
 */
export async function openExperiment(
  tables: Tables,
  name: string,
  arms: readonly ExperimentArm[],
): Promise<ExperimentRow> {
  const store = tables.open(experiments);
  const given = checkedArms(arms);
  await store.insertMany([{ name, salt: `${name}/`, arms: given }], { onConflict: 'skip' });
  const row = await store.findOne({ name });
  if (!row) throw new InputError(`The experiment "${name}" was removed`, 'Run this again');
  if (isSame(row.arms, given)) return row;
  const told = row.arms.map((arm) => `${arm.name} ${arm.share}`).join(', ');
  throw new InputError(
    `The experiment "${name}" began with other arms: ${told}`,
    'Put the arms back as they were, or begin a new experiment under another name',
  );
}

const isSame = (a: readonly ExperimentArm[], b: readonly ExperimentArm[]): boolean =>
  a.length === b.length &&
  a.every(({ name, share }, index) => name === b[index]?.name && share === b[index].share);
