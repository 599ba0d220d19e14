import type { Intent, Keyword } from '../../stats/keyword.ts';
import type { KeywordRow } from '../../tables/keywords.ts';

/** What of a row the statistics read. */
export const KEYWORD_COLUMNS = [
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

/** Null is unknown in the table and absent in the statistics. */
export function toKeyword(
  row: Pick<KeywordRow, (typeof KEYWORD_COLUMNS)[number]>,
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
