import type { NewRow, Tables } from '@millrace/workflow/node-api';
import { detectFormat } from '../../keyword-import/export-format.ts';
import type { Keyword } from '../../stats/keyword.ts';
import { keywords } from '../../tables/keywords.ts';
import { importShape, type ImportShape } from '../import-shape.ts';

type KeywordColumn = NewRow<typeof keywords>;

/** Keyword exports of Semrush, Ahrefs, DataForSEO, Keyword Planner, Search Console, and our own. */
export const keywordShape: ImportShape = importShape<KeywordColumn>({
  source: 'keywords',
  target: 'keywords',
  needs: [['keyword', 'text', 'query', 'top queries', 'queries']],
  read({ names, text }, { windowDays }) {
    const format = detectFormat(names, windowDays);
    if (!format) return undefined;
    const [market, device] = [text('market', 'country', 'database'), text('device')];
    const [source, volumeKind] = [text('source'), text('volumekind')];
    // Of the rows of one keyword the best-ranked stands, wherever in the file it is.
    const best = new Map<string, number>();
    return (cells) => {
      const keyword = format.read(Object.fromEntries(names.map((name, at) => [name, cells[at]])));
      if (!keyword) return { problem: 'No keyword' };
      const row = toRow(
        { ...keyword, source: source(cells) ?? keyword.source ?? 'import' },
        { market: market(cells) ?? '', device: deviceOf(device(cells)) },
        kindOf(volumeKind(cells), keyword),
      );
      if (keyword.position === undefined) return row;
      const key = `${row.market}/${row.device}/${row.textNormal}`;
      const held = best.get(key);
      if (held !== undefined && held <= keyword.position)
        return { problem: `“${keyword.text}” stands in the file with a better position too` };
      best.set(key, keyword.position);
      return row;
    };
  },
  write: writeKeywords,
});

/** Adds keywords; of those that are there, only what the file tells is overwritten. */
async function writeKeywords(tables: Tables, rows: readonly KeywordColumn[]): Promise<number> {
  const told = new Set(rows.flatMap((row) => namesOf(row)));
  return tables.open(keywords).upsertMany(rows, {
    by: ['textNormal', 'market', 'device'],
    update: [...told, 'updatedAt'],
  });
}

const IDENTITY = ['textNormal', 'market', 'device'];

function namesOf(row: KeywordColumn): (keyof KeywordColumn)[] {
  return COLUMNS.filter((name) => row[name] !== undefined && !IDENTITY.includes(name));
}

const COLUMNS = [
  'text',
  'intents',
  'volume',
  'volumeKind',
  'source',
  'difficulty',
  'cpc',
  'serpFeatures',
  'position',
  'clicks',
  'impressions',
  'url',
] as const satisfies readonly (keyof KeywordColumn)[];

/** Lower case, inner space single: what makes two keywords the same. */
export const normalizeKeyword = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

function toRow(
  { text, source = 'import', ...keyword }: Keyword,
  where: { readonly market: string; readonly device: 'desktop' | 'mobile' | 'any' },
  volumeKind: VolumeKind,
): KeywordColumn {
  const { volume, difficulty, cpc, position, clicks, impressions } = keyword;
  return {
    text,
    textNormal: normalizeKeyword(text),
    source,
    ...where,
    ...(keyword.intents && { intents: keyword.intents.join(',') }),
    ...(volume !== undefined && { volume: Math.round(volume), volumeKind }),
    ...(difficulty !== undefined && { difficulty }),
    ...(cpc !== undefined && { cpc }),
    ...(keyword.serpFeatures && { serpFeatures: keyword.serpFeatures.join(', ') }),
    ...(position !== undefined && { position }),
    ...(clicks !== undefined && { clicks: Math.round(clicks) }),
    ...(impressions !== undefined && { impressions: Math.round(impressions) }),
    ...(keyword.url && { url: keyword.url }),
  };
}

type VolumeKind = 'exact' | 'bucket' | 'impressions';

function kindOf(told: string | undefined, { volumeKind, source }: Keyword): VolumeKind {
  if (told === 'impressions' || volumeKind === 'impressions') return 'impressions';
  return told === 'bucket' || source === 'google-keyword-planner' ? 'bucket' : 'exact';
}

function deviceOf(text = ''): 'desktop' | 'mobile' | 'any' {
  const device = text.toLowerCase();
  return device === 'desktop' || device === 'mobile' ? device : 'any';
}
