import type { Tables } from '@millrace/workflow/node-api';
import type { CampaignMemory } from '../stats/campaigns/memory.ts';
import type { DescribedCampaign } from '../stats/campaigns/patterns.ts';
import { campaignMemories, type CampaignMemoryRow } from '../tables/campaigns.ts';
import { kindOf } from './campaign-kind.ts';

const COLUMNS = [
  'id',
  'objective',
  'industry',
  'channels',
  'budget',
  'budgetBand',
  'month',
  'audience',
  'tone',
  'roi',
  'endedAt',
] as const;
const PAGE = 5000;

/** A memory in the forms the statistics read. */
export interface StoredMemory extends CampaignMemory, DescribedCampaign {
  readonly budget: number;
  readonly endedAt: number | null;
}

/** Every memory of the project, a page at a time from the store. */
export async function loadMemories(tables: Tables): Promise<StoredMemory[]> {
  const found: StoredMemory[] = [];
  const store = tables.open(campaignMemories);
  for await (const page of store.pages({ columns: COLUMNS, size: PAGE }))
    for (const row of page) found.push(toMemory(row));
  return found;
}

/** What the statistics need of a stored memory. */
export function toMemory(row: Pick<CampaignMemoryRow, (typeof COLUMNS)[number]>): StoredMemory {
  const { id, objective, industry, channels, budget, budgetBand, month, audience, tone } = row;
  return {
    id,
    path: kindOf(row),
    roi: row.roi,
    budget,
    endedAt: row.endedAt,
    attributes: {
      objective,
      industry,
      channels,
      budgetBand,
      month: String(month),
      ...(audience !== null && { audience }),
      ...(tone !== null && { tone }),
    },
  };
}
