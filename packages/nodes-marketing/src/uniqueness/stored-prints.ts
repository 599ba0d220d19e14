import type { Tables } from '@millrace/workflow/node-api';
import { behindGate } from '../gates/behind-gate.ts';
import { content } from '../tables/content.ts';
import { fingerprints } from '../tables/fingerprints.ts';
import { copyOfHash, type Copy, type CopyFinder } from './copies.ts';
import type { Print } from './fingerprint-item.ts';

/** A piece on its way out. */
export interface Outgoing {
  readonly piece: string;
  readonly channel: string;
  readonly print: Print;
}

export interface GuardRule {
  /** Pieces older than this are forgotten; ms since the epoch. */
  readonly since: number;
  readonly scope: 'anywhere' | 'otherChannels' | 'sameChannel';
  readonly isRemembered: boolean;
  readonly now: number;
}

/**
 * What of the stored pieces this one is a copy of; one that is none is stored, so that of two copies
 * that come at once only one passes. A piece that comes again on its channel is no copy of itself.
 */
export async function guardPrint(
  tables: Tables,
  outgoing: Outgoing,
  rule: GuardRule,
): Promise<Copy | undefined> {
  if (!rule.isRemembered) return findCopy(tables, outgoing, rule);
  return behindGate(tables, { name: 'fingerprints', now: rule.now }, async (inside) => {
    const copy = await findCopy(inside, outgoing, rule);
    if (!copy) await remember(inside, outgoing, rule.now);
    return copy;
  });
}

async function findCopy(
  tables: Tables,
  { piece, channel, print }: Outgoing,
  { since, scope }: GuardRule,
): Promise<Copy | undefined> {
  const [part0, part1, part2, part3] = partsOf(print.hash);
  const isNear = print.kind === 'text' ? { or: [{ part0 }, { part1 }, { part2 }, { part3 }] } : {};
  const where = {
    kind: print.kind,
    at: { gte: since },
    ...(scope === 'otherChannels' && { channel: { not: channel } }),
    ...(scope === 'sameChannel' && { channel }),
    ...isNear,
  };
  let closest: Copy | undefined;
  for await (const page of tables.open(fingerprints).pages({ where })) {
    for (const row of page) {
      if (row.piece === piece && row.channel === channel) continue;
      const copy = copyOfHash(print, row);
      if (copy && copy.share > (closest?.share ?? 0)) closest = copy;
    }
  }
  return closest;
}

async function remember(
  tables: Tables,
  { piece, channel, print: { kind, hash } }: Outgoing,
  at: number,
): Promise<void> {
  const [part0, part1, part2, part3] = partsOf(hash);
  await tables
    .open(fingerprints)
    .upsertMany([{ piece, kind, channel, hash, part0, part1, part2, part3, at }], {
      by: ['piece', 'kind', 'channel'],
    });
}

const partsOf = (hash: string): [string, string, string, string] => [
  hash.slice(0, 4),
  hash.slice(4, 8),
  hash.slice(8, 12),
  hash.slice(12, 16),
];

/** Shows a finder every text of the project's library. @param pieces - Ids of those it is asked about. */
export async function addLibrary(
  tables: Tables,
  finder: CopyFinder,
  pieces: readonly string[],
): Promise<void> {
  const columns = ['id', 'title', 'body'] as const;
  for await (const page of tables.open(content).pages({ columns: [...columns] }))
    for (const { id, title, body } of page)
      if (body !== '') finder.add({ name: title, text: body }, (place) => pieces[place] !== id);
}
