import type { Tables } from '@millrace/workflow/node-api';
import { backlinks, type BacklinkRow } from '../tables/links.ts';
import type { LinkJudge } from './judge-links.ts';

/** Differences below this are not worth a write: qualities have a scale of 100. */
const SAME = 0.005;

/** Writes what links are worth to their rows; rows that say so already are left alone. */
export async function writeQuality(
  tables: Tables,
  rows: readonly BacklinkRow[],
  judge: LinkJudge,
): Promise<void> {
  const changed = rows.flatMap((row) => {
    const quality = judge.judge(row).score;
    const isSame = row.quality !== null && Math.abs(row.quality - quality) < SAME;
    return isSame ? [] : [{ ...row, quality }];
  });
  await tables.open(backlinks).upsertMany(changed, { by: ['id'], update: ['quality'] });
}
