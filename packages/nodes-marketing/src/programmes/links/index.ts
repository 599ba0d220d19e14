import type { ProgrammeSteps } from '../programme.ts';
import { analyse } from './analyse.ts';
import { execute } from './execute.ts';
import { learn } from './learn.ts';
import { plan } from './plan.ts';

/** Link Building: from everybody's links to mails that win some of our own. */
export const links: ProgrammeSteps = { programme: 'links', analyse, plan, execute, learn };
