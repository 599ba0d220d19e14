import type { NewRow, Tables } from '@millrace/workflow/node-api';
import { scoreOpportunity, type OpportunityOptions } from '../../stats/opportunity.ts';
import { isQuickWin, isWithinReach, type QuickWinLimits } from '../../stats/quick-win.ts';
import { clusters, keywords } from '../../tables/keywords.ts';
import type { Figures } from '../programme.ts';
import { KEYWORD_COLUMNS, toKeyword } from './keyword-rows.ts';
import type { Survey } from './survey.ts';

const AT_ONCE = 1000;

export type Limits = Omit<OpportunityOptions, 'curve'> & QuickWinLimits;

/**
 * Reads every keyword once more and writes what it is worth; clusters are written after their
 * members, under the id of their strongest keyword.
 *
 * Keywords that came in since the survey wait for the next one.
 */
export async function writeScores(
  tables: Tables,
  survey: Survey,
  { limits, signal }: { readonly limits: Limits; readonly signal: AbortSignal },
): Promise<Figures> {
  const store = tables.open(keywords);
  const groups = startGroups(survey);
  const counts = { keywords: 0, quickWins: 0, strikingDistance: 0 };
  let place = 0;
  for await (const page of store.pages({ columns: KEYWORD_COLUMNS, size: AT_ONCE })) {
    signal.throwIfAborted();
    const scored = page.flatMap((row) => {
      while ((survey.ids[place] ?? row.id) < row.id) place += 1;
      if (survey.ids[place] !== row.id) return [];
      const keyword = toKeyword(row);
      const { score, expectedValue, probability, targetPosition } = scoreOpportunity(keyword, {
        ...limits,
        curve: survey.curve,
      });
      const quickWin = isQuickWin(keyword, limits);
      counts.keywords += 1;
      if (quickWin) counts.quickWins += 1;
      if (isWithinReach(keyword, survey.middleImpressions)) counts.strikingDistance += 1;
      const clusterId = groups.add(place, row.text, score);
      const { id } = row;
      return {
        id,
        score,
        expectedValue,
        probability,
        targetPosition,
        isQuickWin: quickWin,
        clusterId,
      };
    });
    await store.updateMany(scored, { by: ['id'] });
  }
  return { ...counts, clusters: await writeClusters(tables, groups.rows()) };
}

/** Adds up what the members of each cluster are worth. */
function startGroups({ ids, seeds, volumes }: Survey) {
  const names = new Map<number, string>();
  const sizes = new Uint32Array(ids.length);
  const scores = new Float64Array(ids.length);
  const total = new Float64Array(ids.length);
  return {
    /** Gives the id of the cluster the keyword at this place is in. */
    add(place: number, text: string, score: number): string {
      const seed = seeds[place] ?? place;
      if (seed === place) names.set(place, text);
      sizes[seed] = (sizes[seed] ?? 0) + 1;
      scores[seed] = (scores[seed] ?? 0) + score;
      total[seed] = (total[seed] ?? 0) + (volumes[place] ?? 0);
      return ids[seed] ?? '';
    },
    *rows(): Generator<NewRow<typeof clusters>> {
      for (const [seed, name] of names) {
        const [size = 0, volume = 0, score = 0] = [sizes[seed], total[seed], scores[seed]];
        yield { id: ids[seed] ?? '', name, size, volume, score };
      }
    },
  };
}

/** Replaces the clusters; gives how many there are. */
function writeClusters(tables: Tables, rows: Iterator<NewRow<typeof clusters>>): Promise<number> {
  return tables.transaction(async (inside) => {
    const store = inside.open(clusters);
    await store.remove({});
    let written = 0;
    for (let batch = take(rows); batch.length > 0; batch = take(rows))
      written += await store.insertMany(batch);
    return written;
  });
}

function take<Value>(values: Iterator<Value>): Value[] {
  const taken: Value[] = [];
  while (taken.length < AT_ONCE) {
    const next = values.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
