import { findLinkGaps } from 'millrace-nodes-marketing/stats/links/link-gap';
import { pageRank, type Edge } from 'millrace-nodes-marketing/stats/links/page-rank';
import type { DataFolder } from './data-folder.ts';
import { near, same, type Figure } from './figure.ts';

const OWN = 'talkingpointsmemo.com';
const RIVALS = ['dailykos.com', 'atrios.blogspot.com'];

/** Who links to whom among 1,490 political blogs. */
export function checkLinks(data: DataFolder): Figure[] {
  const { labels, edges } = readGraph(data.text('polblogs.gml.gz'));
  const ranks = pageRank(labels.length, edges);
  const rankOf = new Map(labels.map((label, index) => [label, ranks[index] ?? 0]));
  const best = [...rankOf].toSorted(([, a], [, b]) => b - a);
  const linking = (label: string) =>
    new Set(edges.filter(([, to]) => labels[to] === label).map(([from]) => labels[from] ?? ''));
  const gaps = (minCompetitors: number) =>
    findLinkGaps(linking(OWN), new Map(RIVALS.map((rival) => [rival, linking(rival)])), {
      minCompetitors,
      authority: (domain) => rankOf.get(domain) ?? 0,
    });
  const strongest = gaps(2).toSorted((a, b) => b.authority - a.authority);
  const ranked = (path: string, own: readonly (readonly [string, number])[]) =>
    data.list(path).flatMap((row, index) => {
      const [label, rank] = Array.isArray(row) ? row : [];
      return [
        same(`${path}/${index}`, own[index]?.[0] ?? '', String(label)),
        near(`${path}/${index}/rank`, own[index]?.[1] ?? 0, Number(rank), 1e-6),
      ];
    });
  return [
    same('polblogs/nodes', labels.length, data.figure('polblogs/nodes')),
    same('polblogs/edges_raw', edges.length, data.figure('polblogs/edges_raw')),
    same(
      'polblogs/edges_unique',
      new Set(edges.map(String)).size,
      data.figure('polblogs/edges_unique'),
    ),
    ...ranked('polblogs/pagerank_top', best),
    ...[OWN, ...RIVALS].map((domain) =>
      same(
        `polblogs/ref_domains/${domain}`,
        linking(domain).size,
        data.figure(`polblogs/ref_domains/${domain}`),
      ),
    ),
    same('polblogs/link_gap_union', gaps(1).length, data.figure('polblogs/link_gap_union')),
    same(
      'polblogs/link_gap_intersection',
      gaps(2).length,
      data.figure('polblogs/link_gap_intersection'),
    ),
    ...ranked(
      'polblogs/top_gap_by_pagerank',
      strongest.map(({ domain, authority }) => [domain, authority]),
    ),
  ];
}

function readGraph(text: string): { labels: string[]; edges: Edge[] } {
  const labels = [...text.matchAll(/label "([^"]*)"/g)].map(([, label = '']) => label);
  const edges = [...text.matchAll(/source (\d+)\s+target (\d+)/g)].map(([, from, to]): Edge => [
    Number(from) - 1,
    Number(to) - 1,
  ]);
  return { labels, edges };
}
