import type { ProgrammeSteps } from '../programme.ts';
import { analyse } from './analyse.ts';
import { execute } from './execute.ts';
import { learn } from './learn.ts';
import { plan } from './plan.ts';

/** SEO Empire: from a list of searches to pages that win them. */
export const seo: ProgrammeSteps = { programme: 'seo', analyse, plan, execute, learn };
