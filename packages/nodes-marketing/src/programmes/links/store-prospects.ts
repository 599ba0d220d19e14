import type { Tables } from '@millrace/workflow/node-api';
import { expectedChance, subjectOf } from '../../outreach-plan/chances.ts';
import { outreachPriority } from '../../outreach-plan/prioritise.ts';
import { toProspectRow, type Prospect } from '../../outreach-plan/prospect.ts';
import { prospects } from '../../tables/links.ts';
import { readLearnings } from '../learnings.ts';

/** Metric of what the programme learns: shares of those written to. */
export const METRIC = 'rate';

/**
 * Writes what was found, with what is expected of it now. How far people got with a prospect stays as
 * it is, but for journalists: a new question is a new chance.
 *
 * @returns How many prospects there are to go for.
 */
export async function storeProspects(
  tables: Tables,
  found: readonly Prospect[],
  now: number,
): Promise<number> {
  const learned = await readLearnings(tables, 'links', METRIC);
  const rows = found.map((prospect) => {
    const replyChance = expectedChance(subjectOf('reply', prospect.kind), learned);
    const linkChance = expectedChance(subjectOf('link', prospect.kind), learned);
    const score = outreachPriority({ ...prospect, replyChance, linkChance }, { now });
    return toProspectRow(prospect, { replyChance, linkChance, score });
  });
  const store = tables.open(prospects);
  await store.update({ status: 'new', deadline: { lte: now } }, { status: 'skipped' });
  await store.upsertMany(rows, { by: ['kind', 'domain', 'contactEmail'], update: FOUND });
  await store.update(
    {
      kind: 'journalist',
      status: { in: ['won', 'lost', 'skipped'] },
      contactEmail: {
        in: found.flatMap(({ kind, contactEmail }) => (kind === 'journalist' ? contactEmail : [])),
      },
    },
    { status: 'new' },
  );
  return store.count({ status: 'new', score: { gt: 0 } });
}

const FOUND = [
  'url',
  'contactName',
  'targetUrl',
  'authority',
  'topical',
  'value',
  'replyChance',
  'linkChance',
  'score',
  'reasons',
  'deadline',
  'updatedAt',
] as const;
