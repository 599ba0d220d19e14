import type { Tables } from '@millrace/workflow/node-api';
import { keywordFeatures, seedsOf } from '../../stats/cluster-keywords.ts';
import { startCtrFit, type CtrCurve } from '../../stats/ctr-curve.ts';
import { createVectorizer } from '../../stats/feature-vectors.ts';
import { middleOf } from '../../stats/quick-win.ts';
import type { HealthParts } from '../../stats/ranks/seo-health.ts';
import { keywords } from '../../tables/keywords.ts';
import { startVisibility } from './health.ts';
import { KEYWORD_COLUMNS, toKeyword } from './keyword-rows.ts';

/** What only a look at all keywords tells. Held in columns: a project may have half a million. */
export interface Survey {
  /** Ascending. */
  readonly ids: readonly string[];
  /** By place in `ids`: the place of the strongest keyword of its cluster. */
  readonly seeds: Int32Array;
  readonly volumes: Float64Array;
  /** The site's own click curve where clicks are known, else the usual one. */
  readonly curve: CtrCurve;
  readonly middleImpressions: number;
  readonly health: HealthParts;
}

const PAGE = 1000;

/** Reads every keyword of the project once, a page at a time, and keeps figures of them. */
export async function surveyKeywords(
  tables: Tables,
  { threshold, signal }: { readonly threshold: number; readonly signal: AbortSignal },
): Promise<Survey> {
  const store = tables.open(keywords);
  const vectorizer = createVectorizer(await store.count());
  const [ids, volumes, impressions]: [string[], number[], number[]] = [[], [], []];
  const clicks = startCtrFit();
  const visibility = startVisibility();
  for await (const page of store.pages({ columns: KEYWORD_COLUMNS, size: PAGE })) {
    signal.throwIfAborted();
    for (const row of page) {
      const keyword = toKeyword(row);
      ids.push(row.id);
      volumes.push(row.volume ?? 0);
      vectorizer.add(keywordFeatures(row.text));
      visibility.add(keyword);
      if (row.impressions === null) continue;
      impressions.push(row.impressions);
      if (row.position === null || row.clicks === null) continue;
      clicks.add({ position: row.position, clicks: row.clicks, impressions: row.impressions });
    }
  }
  const byPlace = Float64Array.from(volumes);
  return {
    ids,
    seeds: seedsOf(vectorizer.finish(), byPlace, threshold),
    volumes: byPlace,
    curve: clicks.curve(),
    middleImpressions: middleOf(impressions),
    health: visibility.parts(),
  };
}
