import type { Tables } from '@millrace/workflow/node-api';
import { outreachThreads, suppressions } from '../tables/outreach.ts';

/** Never writes to an address again: it is put on the list, and all its open threads end. */
export async function suppress(
  tables: Tables,
  email: string,
  reason: 'unsubscribed' | 'bounced' | 'complained',
): Promise<void> {
  await tables.open(suppressions).insertMany([{ email, reason }], { onConflict: 'skip' });
  await tables
    .open(outreachThreads)
    .update(
      { email, state: { in: ['queued', 'waiting', 'paused'] } },
      { state: reason === 'bounced' ? 'bounced' : 'unsubscribed', dueAt: null, outcome: reason },
    );
}
