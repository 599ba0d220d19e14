import type { Programme } from '../tables/programmes.ts';
import { campaignOrchestration } from './campaigns/index.ts';
import { trendContent } from './content/index.ts';
import { links } from './links/index.ts';
import type { ProgrammeSteps } from './programme.ts';
import { seo } from './seo/index.ts';

/** Every programme there is, by name. */
export const programmes: ReadonlyMap<Programme, ProgrammeSteps> = new Map(
  [seo, trendContent, campaignOrchestration, links].map((steps) => [steps.programme, steps]),
);
