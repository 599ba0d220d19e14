import type { Campaign, Decision } from '../api/campaign.ts';

const POSSIBLE: Readonly<Record<Campaign['status'], readonly Decision[]>> = {
  designed: ['approve', 'drop'],
  running: ['pause', 'finish'],
  paused: ['resume', 'finish'],
  finished: [],
  dropped: [],
};

/** What a person can decide on a campaign as it stands; the first is the likeliest. */
export const decisionsOf = ({ status, approvedAt }: Campaign): readonly Decision[] =>
  status === 'designed' && approvedAt !== null ? ['drop'] : POSSIBLE[status];
