import type { Tables } from '@millrace/workflow/node-api';
import { gates } from '../tables/outreach.ts';

/**
 * Does `work` in a transaction while nobody else is behind the gate of this name, in whatever process.
 * Keep it short: no calls to services.
 */
export async function behindGate<Result>(
  tables: Tables,
  { name, now }: { readonly name: string; readonly now: number },
  work: (tables: Tables) => Promise<Result>,
): Promise<Result> {
  await tables.open(gates).insertMany([{ name, passedAt: now }], { onConflict: 'skip' });
  return tables.transaction(async (inside) => {
    await inside.open(gates).update({ name }, { passedAt: now });
    return work(inside);
  });
}
