import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import type { Facts } from '../stats/predict/encode.ts';
import type { Outcome } from '../stats/predict/predictor.ts';

type Json = Readonly<Record<string, unknown>>;

export interface OutcomeFields {
  /** The field that says how it ended. */
  readonly outcome: string;
  /** Its value when it ended well; empty: true, yes, 1, won. */
  readonly positive: string;
  readonly time: string;
  /** Empty: every plain field but the two above and those left out. */
  readonly facts: readonly string[];
  readonly leaveOut: readonly string[];
}

export interface ReadOutcomes {
  readonly outcomes: readonly Outcome[];
  /** Items whose end is not known yet: they teach nothing, and are not taken for losses. */
  readonly open: number;
}

const GOOD = new Set(['true', 'yes', '1', 'won', 'positive']);
const BAD = new Set(['false', 'no', '0', 'lost', 'negative']);

/** Reads items as outcomes. @throws {InputError} naming the item and the field. */
export function readOutcomes(rows: readonly Json[], fields: OutcomeFields): ReadOutcomes {
  const outcomes: Outcome[] = [];
  let open = 0;
  for (const [index, row] of rows.entries()) {
    const field = itemFields(row, index);
    const ended = field.text(fields.outcome);
    if (ended === undefined) {
      open += 1;
      continue;
    }
    const at = field.time(fields.time);
    if (at === undefined)
      throw new InputError(
        `Item ${index} has no "${fields.time}"`,
        'A model is judged on what came later: give each item the time it began, and name that field',
      );
    outcomes.push({ at, isPositive: isGood(ended, fields, index), facts: factsOf(row, fields) });
  }
  if (outcomes.length === 0 && rows.length > 0)
    throw new InputError(
      `No item has the outcome "${fields.outcome}"`,
      'Name the field that says how it ended as "Outcome Field"',
    );
  return { outcomes, open };
}

function isGood(ended: string, { positive, outcome }: OutcomeFields, index: number): boolean {
  const said = ended.toLowerCase();
  if (positive !== '') return said === positive.toLowerCase();
  if (GOOD.has(said)) return true;
  if (BAD.has(said)) return false;
  throw new InputError(
    `Item ${index}: "${outcome}" is "${ended}", which is neither yes nor no`,
    'Give "Good End" the value that means it ended well',
  );
}

/** What is known of an item. Lists and objects are no facts. */
export function factsOf(
  row: Json,
  {
    facts,
    outcome,
    time,
    leaveOut,
  }: Pick<OutcomeFields, 'facts' | 'outcome' | 'time' | 'leaveOut'>,
): Facts {
  const names =
    facts.length > 0
      ? facts
      : Object.keys(row).filter((name) => ![outcome, time, ...leaveOut].includes(name));
  return Object.fromEntries(
    names.flatMap((name): [string, Facts[string]][] => {
      const value = row[name];
      if (value === null || value === undefined) return [[name, null]];
      if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
        return [[name, value]];
      return [];
    }),
  );
}

/** The names in a comma-separated list. */
export const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
