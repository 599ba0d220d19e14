import type { Tables } from '@millrace/workflow/node-api';
import { ctrAt, PRIOR_CTR } from '../../stats/ctr-curve.ts';
import { seoHealth, type HealthParts } from '../../stats/ranks/seo-health.ts';
import { backlinks } from '../../tables/links.ts';
import { pages } from '../../tables/keywords.ts';
import type { Figures } from '../programme.ts';
import type { StoredKeyword } from './keyword-rows.ts';

/** The site's health 0–100 and the share of its parts that is known; nothing when no part is. */
export async function siteHealth(
  tables: Tables,
  keywords: readonly StoredKeyword[],
): Promise<Figures> {
  const { score, coverage } = seoHealth({
    ...fromKeywords(keywords),
    ...(await fromPages(tables)),
    ...(await fromLinks(tables)),
  });
  return score === undefined ? {} : { health: score, healthCoverage: coverage };
}

function fromKeywords(keywords: readonly StoredKeyword[]): HealthParts {
  const ranked = keywords.filter(({ position }) => position !== undefined);
  if (ranked.length === 0) return {};
  let [reached, possible, clicks, expected] = [0, 0, 0, 0];
  for (const { volume = 0, position = 100, clicks: own, impressions } of ranked) {
    reached += volume * ctrAt(PRIOR_CTR, position);
    possible += volume * ctrAt(PRIOR_CTR, 1);
    clicks += own ?? 0;
    expected += (impressions ?? 0) * ctrAt(PRIOR_CTR, position);
  }
  const topTen = ranked.filter(({ position = 100 }) => position <= 10).length / ranked.length;
  return {
    topTen,
    ...(possible > 0 && { visibility: reached / possible }),
    ...(expected > 0 && { clickEfficiency: Math.min(1.5, clicks / expected) / 1.5 }),
  };
}

async function fromPages(tables: Tables): Promise<HealthParts> {
  const [known, faulty] = await Promise.all([
    tables.open(pages).count(),
    tables.open(pages).count({ hasErrors: true }),
  ]);
  return known === 0 ? {} : { technical: 1 - faulty / known };
}

async function fromLinks(tables: Tables): Promise<HealthParts> {
  const [row] = await tables
    .open(backlinks)
    .groupBy({ by: [], figures: { mean: { avg: 'quality' } }, where: { lostAt: null } });
  return row?.mean == null ? {} : { links: row.mean / 100 };
}
