import type { ProgrammeSteps } from '../programme.ts';
import { analyse } from './analyse.ts';
import { execute } from './execute.ts';
import { learn } from './learn.ts';
import { plan } from './plan.ts';

/** Trend Content: from what people begin to talk about to pieces in the calendar. */
export const trendContent: ProgrammeSteps = {
  programme: 'content',
  analyse,
  plan,
  execute,
  learn,
};
