import type { Tables } from '@millrace/workflow/node-api';
import type { Intent, Keyword } from '../../stats/keyword.ts';
import { keywords, type KeywordRow } from '../../tables/keywords.ts';

const PAGE = 5000;
const COLUMNS = [
  'id',
  'text',
  'intents',
  'volume',
  'difficulty',
  'cpc',
  'position',
  'clicks',
  'impressions',
] as const;
const INTENTS: readonly Intent[] = ['informational', 'navigational', 'commercial', 'transactional'];

/** A stored keyword in the form the statistics read. */
export interface StoredKeyword
  extends Keyword, Pick<KeywordRow, 'id' | 'textNormal' | 'market' | 'device'> {}

/** Every keyword of the project, a page at a time from the store. */
export async function loadKeywords(tables: Tables): Promise<StoredKeyword[]> {
  const found: StoredKeyword[] = [];
  const columns = [...COLUMNS, 'textNormal', 'market', 'device'] as const;
  for await (const page of tables.open(keywords).pages({ columns, size: PAGE }))
    for (const row of page) {
      const { textNormal, market, device } = row;
      found.push({ ...toKeyword(row), textNormal, market, device });
    }
  return found;
}

/** Null is unknown in the table and absent in the statistics. */
export function toKeyword(
  row: Pick<KeywordRow, (typeof COLUMNS)[number]>,
): Keyword & { readonly id: string } {
  const { id, text, volume, difficulty, cpc, position, clicks, impressions } = row;
  const intents = INTENTS.filter((intent) => row.intents.includes(intent));
  return {
    id,
    text,
    ...(intents.length > 0 && { intents }),
    ...(volume !== null && { volume }),
    ...(difficulty !== null && { difficulty }),
    ...(cpc !== null && { cpc }),
    ...(position !== null && { position }),
    ...(clicks !== null && { clicks }),
    ...(impressions !== null && { impressions }),
  };
}
