import { CreateCore1763700000000 } from './1763700000000-create-core.ts';
import { AddTakeovers1763800000000 } from './1763800000000-add-takeovers.ts';
import { AddKeptCalls1763810000000 } from './1763810000000-add-kept-calls.ts';
import { AddExecutionSearch1763815000000 } from './1763815000000-add-execution-search.ts';
import { CreateOAuth21763825000000 } from './1763825000000-create-oauth2.ts';
import { CreatePackages1763820000000 } from './1763820000000-create-packages.ts';
import { CreateLlm1763835000000 } from './1763835000000-create-llm.ts';
import { AddBulk1763840000000 } from './1763840000000-add-bulk.ts';
import { CreatePoll1763845000000 } from './1763845000000-create-poll.ts';
import { CreateListener1763855000000 } from './1763855000000-create-listener.ts';
import { AddFailedTries1763860000000 } from './1763860000000-add-failed-tries.ts';
import { PackRuns1763900000000 } from './1763900000000-pack-runs.ts';
import { AddKeptAnswers1764500000000 } from './1764500000000-add-kept-answers.ts';
import { IndexExecutions1764510000000 } from './1764510000000-index-executions.ts';
import { TuneVacuum1764520000000 } from './1764520000000-tune-vacuum.ts';
import { AddLimits1764600000000 } from './1764600000000-add-limits.ts';

/** Milliseconds since the epoch. */
const INSTANT_DIGITS = 13;

/** Every migration, oldest first. One that was released never changes. */
export const MIGRATIONS = [
  CreateCore1763700000000,
  AddTakeovers1763800000000,
  AddKeptCalls1763810000000,
  AddExecutionSearch1763815000000,
  CreateOAuth21763825000000,
  CreatePackages1763820000000,
  CreateLlm1763835000000,
  AddBulk1763840000000,
  CreatePoll1763845000000,
  CreateListener1763855000000,
  AddFailedTries1763860000000,
  PackRuns1763900000000,
  AddKeptAnswers1764500000000,
  IndexExecutions1764510000000,
  TuneVacuum1764520000000,
  AddLimits1764600000000,
];

/** In the order they are done: by the instant their names end with. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(
  (Migration) => new Migration().name,
).toSorted((a, b) => Number(a.slice(-INSTANT_DIGITS)) - Number(b.slice(-INSTANT_DIGITS)));
