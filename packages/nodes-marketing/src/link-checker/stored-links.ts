import type { Tables } from '@millrace/workflow/node-api';
import { backlinks, domains } from '../tables/links.ts';
import type { LinkState, LinkToVerify } from './verify-link.ts';

export interface StoredLink extends LinkToVerify {
  readonly id: string;
  readonly lostAt: number | null;
}

/** Links to our own sites, those that were not looked at for longest first. */
export async function linksToVerify(tables: Tables, most: number): Promise<StoredLink[]> {
  const own = await tables.open(domains).find({ where: { isOwn: true }, columns: ['name'] });
  if (own.length === 0) return [];
  return tables.open(backlinks).find({
    where: { toDomain: { in: own.map(({ name }) => name) } },
    columns: ['id', 'fromUrl', 'toUrl', 'lostAt'],
    orderBy: { lastSeen: 'asc', id: 'asc' },
    limit: most,
  });
}

/** Writes what was seen of a stored link. What is unknown or only suspected changes nothing but the time of the look. */
export async function writeState(
  tables: Tables,
  { id, lostAt }: StoredLink,
  { state, anchor, rel, placement, outlinks }: LinkState,
  now: number,
): Promise<void> {
  const store = tables.open(backlinks);
  if (state === 'live')
    await store.update(
      { id },
      {
        lastSeen: now,
        lostAt: null,
        anchor,
        outlinks,
        ...(rel !== null && { rel }),
        ...(placement !== null && { placement }),
      },
    );
  else if (state === 'lost' && lostAt === null) await store.update({ id }, { lostAt: now });
}
