import type { Tables } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { trainLeadModel, type LeadModel } from '../stats/leads/lead-model.ts';
import type { Outcome } from '../stats/predict/predictor.ts';
import { learnedModels, type LearnedModelRow } from '../tables/learned-models.ts';

/** Of what a row of `model` looks like today. */
const FORMAT = 1;

export interface Training {
  readonly name: string;
  readonly outcome: string;
  readonly keep: readonly string[];
  readonly seed: number;
}

/** Learns and keeps what was learned. @throws {InputError} where there is nothing to learn from. */
export async function trainAndKeep(
  tables: Tables,
  outcomes: readonly Outcome[],
  { name, outcome, keep, seed }: Training,
): Promise<LeadModel> {
  const learned = learn(outcomes, keep, seed);
  const facts = [...new Set(outcomes.flatMap((each) => Object.keys(each.facts)))];
  await tables.open(learnedModels).upsertMany(
    [
      {
        name,
        format: FORMAT,
        model: learned.model,
        report: learned.report,
        isDeployable: learned.report.isDeployable,
        facts,
        outcome,
        knownUntil: outcomes.reduce((latest, { at }) => Math.max(latest, at), 0),
      },
    ],
    { by: ['name'] },
  );
  return learned;
}

function learn(outcomes: readonly Outcome[], keep: readonly string[], seed: number): LeadModel {
  try {
    return trainLeadModel(outcomes, { keep, seed });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(
      error.message,
      'Give at least 100 items that ended, some of them well and some not',
    );
  }
}

/**
 * A kept model.
 *
 * @param options.isAnyUsed - Also one that did no better than the base rate.
 * @throws {InputError} when there is none of that name, or none that may be used.
 */
export async function loadModel(
  tables: Tables,
  name: string,
  { isAnyUsed }: { readonly isAnyUsed: boolean },
): Promise<LearnedModelRow> {
  const row = await tables.open(learnedModels).findOne({ name });
  if (!row)
    throw new InputError(`There is no model "${name}"`, 'Train it first, or check its name');
  if (row.format !== FORMAT)
    throw new InputError(
      `The model "${name}" was kept by another version of Millrace`,
      'Train it again',
    );
  if (!row.isDeployable && !isAnyUsed)
    throw new InputError(
      `The model "${name}" does not foresee anything: ${row.report.reason}`,
      'Train it with more or other facts, or switch on "Use Although It Failed"',
    );
  return row;
}
