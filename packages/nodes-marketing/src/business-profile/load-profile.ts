import type { Tables } from '@millrace/workflow/node-api';
import { keywords } from '../tables/keywords.ts';
import { createBusinessProfile, type BusinessProfile } from './business-profile.ts';

/** Searches beyond these change the picture of a business no more. */
const MOST = 50_000;

/** The profile of the project's business from its most searched keywords. */
export async function loadProfile(tables: Tables): Promise<BusinessProfile> {
  const rows = await tables.open(keywords).find({
    columns: ['id', 'text', 'score'],
    orderBy: { volume: 'desc', id: 'asc' },
    limit: MOST,
  });
  return createBusinessProfile(
    rows.map(({ id, text, score }) => ({ id, text, value: score ?? 0 })),
  );
}
