import { NotFoundError } from '@millrace/workflow/errors';
import type { Tables } from '@millrace/workflow/node-api';
import { MarketingConflictError } from '../../routes/conflict.error.ts';
import { campaigns, type CampaignRow } from '../../tables/campaigns.ts';

/** What a person may say about a campaign. */
export const DECISIONS = ['approve', 'pause', 'resume', 'finish', 'drop'] as const;
export type Decision = (typeof DECISIONS)[number];

interface Rule {
  readonly from: readonly CampaignRow['status'][];
  readonly to: CampaignRow['status'];
}

const RULES: Readonly<Record<Decision, Rule>> = {
  approve: { from: ['designed'], to: 'designed' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  finish: { from: ['running', 'paused'], to: 'finished' },
  drop: { from: ['designed'], to: 'dropped' },
};

/**
 * Does what a person decided, if the campaign is still where that makes sense.
 *
 * @throws {NotFoundError}
 * @throws {MarketingConflictError} when it is not.
 */
export async function decideCampaign(
  tables: Tables,
  id: string,
  { decision, by, now }: { readonly decision: Decision; readonly by: string; readonly now: number },
): Promise<CampaignRow> {
  const store = tables.open(campaigns);
  const { from, to } = RULES[decision];
  const changed = await store.update(
    { id, status: { in: from } },
    {
      status: to,
      ...(decision === 'approve'
        ? { approvedAt: now, approvedBy: by }
        : { statusReason: `${decision} by ${by}` }),
      // The days that came until now belong to it.
      ...(decision === 'finish' && { endsAt: now, measuredAt: null }),
    },
  );
  const row = await store.findOne({ id });
  if (!row) throw new NotFoundError('campaign', id);
  if (changed === 0)
    throw new MarketingConflictError(
      `A campaign that is ${row.status} cannot be changed with "${decision}"`,
      `"${decision}" is for campaigns that are ${from.join(' or ')}`,
    );
  return row;
}
