import type { Item } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import {
  readKeywordRows,
  readKeywordText,
  type ImportedKeywords,
} from '../keyword-import/read-keywords.ts';
import { decodeText } from '../keyword-import/decode-text.ts';
import { ImportError } from '../keyword-import/import.error.ts';
import { analyzeKeywords, type AnalyzedKeyword } from './analyze.ts';
import { keywordAnalyzerIcon } from './keyword-analyzer.icon.ts';

const text = (context: ExecuteContext, name: string, fallback: string) =>
  String(context.param(name, 0, { fallback }));
const number = (context: ExecuteContext, name: string, fallback: number) =>
  Number(context.param(name, 0, { fallback, ensureType: 'number' }));

export default defineNode({
  name: 'millrace-nodes-marketing.keywordAnalyzer',
  label: 'Keyword Analyzer',
  description:
    'Ranks keywords by what a better position is worth, groups them and marks quick wins',
  version: 1,
  group: ['marketing'],
  icon: keywordAnalyzerIcon,
  pure: true,
  subtitle: '={{ $parameter["show"] }}',
  codex: {
    categories: ['Marketing', 'SEO'],
    alias: ['seo', 'keywords', 'semrush', 'ahrefs', 'search console', 'opportunities', 'clusters'],
  },
  params: {
    source: p.options({
      label: 'Read From',
      default: 'items',
      choices: [
        {
          value: 'items',
          label: 'Input Items',
          hint: 'Each item is one row of an export or table',
        },
        {
          value: 'file',
          label: 'File',
          hint: 'A CSV export in a binary field (also gzip or UTF-16)',
        },
        { value: 'text', label: 'CSV Text' },
      ],
    }),
    field: p.string({ label: 'File Field', default: 'data', when: { source: ['file'] } }),
    csv: p.text({ label: 'CSV Text', when: { source: ['text'] } }),
    show: p.options({
      label: 'Show',
      default: 'opportunities',
      choices: [
        { value: 'opportunities', label: 'Opportunities' },
        { value: 'quickWins', label: 'Quick Wins' },
        { value: 'clusters', label: 'Clusters' },
      ],
    }),
    limit: p.number({ label: 'Limit', default: 100, min: 0, hint: '0 shows all' }),
    authority: p.number({
      label: 'Own Authority',
      default: 30,
      min: 0,
      max: 100,
      hint: 'How strong your site is, on the scale of the keyword difficulty',
    }),
    maxDifficulty: p.number({
      label: 'Quick Win: Highest Difficulty',
      default: 30,
      min: 0,
      max: 100,
    }),
    minVolume: p.number({ label: 'Quick Win: Least Volume', default: 100, min: 0 }),
    valuePerClick: p.number({
      label: 'Value per Click',
      default: 1,
      min: 0,
      hint: 'Used where the export names no cost per click',
    }),
    useCpc: p.boolean({ label: 'Value Clicks at Their CPC', default: true }),
    foreignBrands: p.string({
      label: 'Other Brands',
      placeholder: 'acme, globex',
      hint: 'Searches for these are never quick wins',
    }),
    clusterThreshold: p.number({ label: 'Cluster Likeness', default: 0.6, min: 0.1, max: 1 }),
    windowDays: p.number({
      label: 'Days in a Search Console Export',
      default: 28,
      min: 1,
      hint: 'Impressions become a monthly volume with it',
    }),
  },
  async execute(context) {
    const { keywords } = await readInput(context);
    const analyzed = analyzeKeywords(keywords, {
      authority: number(context, 'authority', 30),
      valuePerClick: number(context, 'valuePerClick', 1),
      useCpc: context.param('useCpc', 0, { fallback: true }) === true,
      maxDifficulty: number(context, 'maxDifficulty', 30),
      minVolume: number(context, 'minVolume', 100),
      clusterThreshold: number(context, 'clusterThreshold', 0.6),
      foreignBrands: text(context, 'foreignBrands', '')
        .split(',')
        .map((brand) => brand.trim().toLowerCase())
        .filter(Boolean),
    });
    const limit = number(context, 'limit', 100);
    const rows = select(analyzed, text(context, 'show', 'opportunities'));
    return [(limit > 0 ? rows.slice(0, limit) : rows).map((json): Item => ({ json: { ...json } }))];
  },
});

async function readInput(context: ExecuteContext): Promise<ImportedKeywords> {
  const windowDays = number(context, 'windowDays', 28);
  switch (text(context, 'source', 'items')) {
    case 'text':
      return readKeywordText(text(context, 'csv', ''), windowDays);
    case 'file': {
      const field = text(context, 'field', 'data');
      const file = context.items()[0]?.binary?.[field];
      if (!file) throw new ImportError(`The first item has no file "${field}"`);
      return readKeywordText(decodeText(await context.binary.get(file)), windowDays);
    }
    default:
      return readKeywordRows(
        context.items().map(({ json }) => json),
        windowDays,
      );
  }
}

interface ClusterRow {
  readonly cluster: string;
  readonly size: number;
  readonly volume: number;
  readonly score: number;
  readonly quickWins: number;
  readonly keywords: readonly string[];
}

function select(analyzed: readonly AnalyzedKeyword[], show: string): readonly object[] {
  if (show === 'quickWins') return analyzed.filter(({ quickWin }) => quickWin);
  return show === 'clusters' ? toClusters(analyzed) : analyzed;
}

function toClusters(analyzed: readonly AnalyzedKeyword[]): ClusterRow[] {
  const groups = Map.groupBy(analyzed, ({ cluster }) => cluster);
  return [...groups]
    .map(([cluster, members]) => ({
      cluster,
      size: members.length,
      volume: members.reduce((sum, { volume = 0 }) => sum + volume, 0),
      score: members.reduce((sum, { score }) => sum + score, 0),
      quickWins: members.filter(({ quickWin }) => quickWin).length,
      keywords: members.map((member) => member.text),
    }))
    .toSorted((a, b) => b.score - a.score);
}
