import type { Tables } from '@millrace/workflow/node-api';
import { assignArm } from '../stats/experiments/assign.ts';
import { exposures, type ExperimentRow } from '../tables/experiments.ts';

export interface Person {
  readonly unit: string;
  /** ms since the epoch. */
  readonly at: number;
}

export interface Placed {
  readonly arm: string;
  /** Was counted by this call, not before. */
  readonly isNew: boolean;
  readonly explain: string;
}

export interface Converted {
  readonly arm: string | null;
  readonly isCounted: boolean;
  readonly explain: string;
}

const CHUNK = 500;

/** The arm of each person: what it saw before, else the winner, else by its hash. */
export async function assign(
  tables: Tables,
  experiment: ExperimentRow,
  people: readonly Person[],
): Promise<Placed[]> {
  const seen = await seenArms(tables, experiment.name, people);
  return people.map(({ unit }) => place(experiment, unit, seen.get(unit)?.arm));
}

/** Assigns and counts. The first look of a person counts; of a decided experiment nobody is counted. */
export async function expose(
  tables: Tables,
  experiment: ExperimentRow,
  people: readonly Person[],
): Promise<Placed[]> {
  const before = await seenArms(tables, experiment.name, people);
  const placed = people.map(({ unit }) => place(experiment, unit, before.get(unit)?.arm));
  if (experiment.decidedAt !== null) return placed;
  const rows = people.flatMap(({ unit, at }, index) =>
    before.has(unit)
      ? []
      : [{ experiment: experiment.name, unit, arm: placed[index]?.arm ?? '', at }],
  );
  await tables.open(exposures).insertMany(rows, { onConflict: 'skip' });
  const counted = new Set<string>();
  return placed.map((each, index) => {
    const unit = people[index]?.unit ?? '';
    const isNew = !before.has(unit) && !counted.has(unit);
    counted.add(unit);
    return { ...each, isNew };
  });
}

function place(experiment: ExperimentRow, unit: string, seen: string | undefined): Placed {
  if (seen !== undefined) return { arm: seen, isNew: false, explain: 'The arm seen before' };
  if (experiment.winner !== null)
    return { arm: experiment.winner, isNew: false, explain: 'The winner; the test is over' };
  const { salt, arms } = experiment;
  const index = assignArm(
    salt,
    unit,
    arms.map(({ share }) => share),
  );
  return {
    arm: arms[index]?.name ?? '',
    isNew: false,
    explain: 'By the hash of the experiment and the person',
  };
}

/** Counts each person once, if it saw an arm before it did so. */
export async function convert(
  tables: Tables,
  experiment: string,
  people: readonly Person[],
): Promise<Converted[]> {
  const seen = await seenArms(tables, experiment, people);
  const counted = new Map<string, number>();
  const told = people.map(({ unit, at }): Converted => {
    const row = seen.get(unit);
    if (!row) return { arm: null, isCounted: false, explain: 'Saw no arm of this experiment' };
    const { arm } = row;
    if (at < row.at) return { arm, isCounted: false, explain: 'Did it before the arm was seen' };
    if (row.isConverted || counted.has(unit))
      return { arm, isCounted: false, explain: 'Was counted before' };
    counted.set(unit, at);
    return { arm, isCounted: true, explain: 'Counted' };
  });
  const rows = [...counted].flatMap(([unit, convertedAt]) => {
    const row = seen.get(unit);
    return row ? [{ ...row, convertedAt, isConverted: true }] : [];
  });
  await tables
    .open(exposures)
    .upsertMany(rows, { by: ['experiment', 'unit'], update: ['convertedAt', 'isConverted'] });
  return told;
}

async function seenArms(tables: Tables, experiment: string, people: readonly Person[]) {
  const units = [...new Set(people.map(({ unit }) => unit))];
  const store = tables.open(exposures);
  const found = [];
  for (let start = 0; start < units.length; start += CHUNK)
    found.push(
      ...(await store.find({
        where: { experiment, unit: { in: units.slice(start, start + CHUNK) } },
      })),
    );
  return new Map(found.map((row) => [row.unit, row]));
}
