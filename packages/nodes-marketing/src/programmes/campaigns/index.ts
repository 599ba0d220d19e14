import type { ProgrammeSteps } from '../programme.ts';
import { analyse } from './analyse.ts';
import { execute } from './execute.ts';
import { learn } from './learn.ts';
import { plan } from './plan.ts';

/** Campaign Orchestration: designs from memories, runs with an eye on the money, remembers. */
export const campaignOrchestration: ProgrammeSteps = {
  programme: 'campaigns',
  analyse,
  plan,
  execute,
  learn,
};
