import type { Tables } from '@millrace/workflow/node-api';
import { domains } from '../../tables/links.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { siteHealth } from './health.ts';
import { reportRankChanges } from './rank-report.ts';
import { surveyKeywords } from './survey.ts';
import { writeScores, type Limits } from './write-scores.ts';

const USUAL_AUTHORITY = 30;

/** How keywords are judged when nobody says otherwise (marketing.md A02, A03, A05). */
const LIMITS: Omit<Limits, 'authority'> = {
  valuePerClick: 1,
  useCpc: true,
  maxDifficulty: 30,
  minVolume: 100,
};
const CLUSTER_THRESHOLD = 0.6;

/** Scores and groups every keyword, marks quick wins, and looks at ranks and the site's health. */
export async function analyse({ tables, signal, now }: ProgrammeContext): Promise<Figures> {
  const authority = await ownAuthority(tables);
  const survey = await surveyKeywords(tables, { threshold: CLUSTER_THRESHOLD, signal });
  const found = await writeScores(tables, survey, { limits: { ...LIMITS, authority }, signal });
  return {
    ...found,
    ...(await reportRankChanges(tables, now())),
    ...(await siteHealth(tables, survey.health)),
  };
}

/** Strength of the own domain on the difficulty scale; 30 when nobody told it. */
export async function ownAuthority(tables: Tables): Promise<number> {
  const own = await tables.open(domains).findOne({ isOwn: true });
  return own?.authority ?? USUAL_AUTHORITY;
}
