import type { Tables } from '@millrace/workflow/node-api';
import {
  analyzeKeywords,
  type AnalysisOptions,
  type AnalyzedKeyword,
} from '../../keyword-analyzer/analyze.ts';
import { clusters, keywords } from '../../tables/keywords.ts';
import { domains } from '../../tables/links.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { siteHealth } from './health.ts';
import { loadKeywords, type StoredKeyword } from './keyword-rows.ts';
import { reportRankChanges } from './rank-report.ts';

const WRITE_AT_ONCE = 2000;
const USUAL_AUTHORITY = 30;

/** How keywords are judged when nobody says otherwise (marketing.md A02, A03, A05). */
const OPTIONS: Omit<AnalysisOptions, 'authority'> = {
  valuePerClick: 1,
  useCpc: true,
  maxDifficulty: 30,
  minVolume: 100,
  foreignBrands: [],
  clusterThreshold: 0.6,
};

/** Scores and groups every keyword, marks quick wins, and looks at ranks and the site's health. */
export async function analyse({ tables, signal, now }: ProgrammeContext): Promise<Figures> {
  const stored = await loadKeywords(tables);
  const authority = await ownAuthority(tables);
  const analyzed = analyzeKeywords(stored, { ...OPTIONS, authority });
  signal.throwIfAborted();
  const named = await writeClusters(tables, analyzed);
  await writeScores(tables, analyzed, named);
  const ranks = await reportRankChanges(tables, now());
  return {
    keywords: analyzed.length,
    quickWins: analyzed.filter(({ quickWin }) => quickWin).length,
    strikingDistance: analyzed.filter(({ strikingDistance }) => strikingDistance).length,
    clusters: named.size,
    ...ranks,
    ...(await siteHealth(tables, stored)),
  };
}

/** Strength of the own domain on the difficulty scale; 30 when nobody told it. */
export async function ownAuthority(tables: Tables): Promise<number> {
  const own = await tables.open(domains).findOne({ isOwn: true });
  return own?.authority ?? USUAL_AUTHORITY;
}

/** Replaces the clusters; gives the id of each by its name. */
async function writeClusters(
  tables: Tables,
  analyzed: readonly AnalyzedKeyword[],
): Promise<ReadonlyMap<string, string>> {
  const groups = Map.groupBy(analyzed, ({ cluster }) => cluster);
  const rows = [...groups].map(([name, members]) => ({
    name,
    size: members.length,
    volume: members.reduce((sum, { volume = 0 }) => sum + volume, 0),
    score: members.reduce((sum, { score }) => sum + score, 0),
  }));
  return tables.transaction(async (inside) => {
    const store = inside.open(clusters);
    await store.remove({});
    for (let start = 0; start < rows.length; start += WRITE_AT_ONCE)
      await store.insertMany(rows.slice(start, start + WRITE_AT_ONCE));
    const ids = new Map<string, string>();
    for await (const page of store.pages({ columns: ['id', 'name'] }))
      for (const { id, name } of page) ids.set(name, id);
    return ids;
  });
}

async function writeScores(
  tables: Tables,
  analyzed: readonly (AnalyzedKeyword & StoredKeyword)[],
  clusterIds: ReadonlyMap<string, string>,
): Promise<void> {
  const store = tables.open(keywords);
  // In the order they are stored in, each page of the table is written once.
  const ordered = analyzed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (let start = 0; start < ordered.length; start += WRITE_AT_ONCE) {
    const rows = ordered.slice(start, start + WRITE_AT_ONCE).map((keyword) => ({
      id: keyword.id,
      text: keyword.text,
      textNormal: keyword.textNormal,
      market: keyword.market,
      device: keyword.device,
      score: keyword.score,
      expectedValue: keyword.expectedValue,
      probability: keyword.probability,
      targetPosition: keyword.targetPosition,
      isQuickWin: keyword.quickWin,
      clusterId: clusterIds.get(keyword.cluster) ?? null,
    }));
    await store.upsertMany(rows, { by: ['id'], update: SCORED });
  }
}

/** What an analysis writes: a keyword's own facts stay as they are. */
const SCORED = [
  'score',
  'expectedValue',
  'probability',
  'targetPosition',
  'isQuickWin',
  'clusterId',
  'updatedAt',
] as const;
