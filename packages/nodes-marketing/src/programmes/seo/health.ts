import type { Tables } from '@millrace/workflow/node-api';
import type { Keyword } from '../../stats/keyword.ts';
import { ctrAt, PRIOR_CTR } from '../../stats/ctr-curve.ts';
import { seoHealth, type HealthParts } from '../../stats/ranks/seo-health.ts';
import { backlinks } from '../../tables/links.ts';
import { pages } from '../../tables/keywords.ts';
import type { Figures } from '../programme.ts';

/**
 * The site's health 0–100 and the share of its parts that is known; nothing when no part is.
 *
 * @param visibility - What its keywords tell: {@link startVisibility}.
 */
export async function siteHealth(tables: Tables, visibility: HealthParts): Promise<Figures> {
  const { score, coverage } = seoHealth({
    ...visibility,
    ...(await fromPages(tables)),
    ...(await fromLinks(tables)),
  });
  return score === undefined ? {} : { health: score, healthCoverage: coverage };
}

/** Takes keywords one after the other and tells how visible the site is. */
export function startVisibility() {
  let [ranked, topTen, reached, possible, clicks, expected] = [0, 0, 0, 0, 0, 0];
  return {
    add({ volume = 0, position, clicks: own = 0, impressions = 0 }: Keyword): void {
      if (position === undefined) return;
      ranked += 1;
      if (position <= 10) topTen += 1;
      reached += volume * ctrAt(PRIOR_CTR, position);
      possible += volume * ctrAt(PRIOR_CTR, 1);
      clicks += own;
      expected += impressions * ctrAt(PRIOR_CTR, position);
    },
    parts: (): HealthParts => ({
      ...(ranked > 0 && { topTen: topTen / ranked }),
      ...(possible > 0 && { visibility: reached / possible }),
      ...(expected > 0 && { clickEfficiency: Math.min(1.5, clicks / expected) / 1.5 }),
    }),
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
