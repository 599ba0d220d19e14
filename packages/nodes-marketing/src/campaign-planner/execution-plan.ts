/** One thing to be done for a campaign. */
export interface CampaignTask {
  /** `2026-11-21` */
  readonly due: string;
  readonly task: string;
  readonly owner: 'marketer' | 'writer' | 'analyst';
}

const DAY_MS = 86_400_000;
const LEAD_DAYS = 7;
const MONDAY = 1;

/** The next Monday, 00:00 UTC, that leaves a week to prepare. */
export function startAfter(now: number): number {
  const earliest = Math.ceil((now + LEAD_DAYS * DAY_MS) / DAY_MS) * DAY_MS;
  const weekday = new Date(earliest).getUTCDay();
  return earliest + ((MONDAY - weekday + 7) % 7) * DAY_MS;
}

/** What has to be done when, from the brief to the memory of how it went. */
export function executionPlan({
  startsAt,
  endsAt,
  channels,
}: {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly channels: readonly string[];
}): CampaignTask[] {
  const before = (days: number) => dayOf(startsAt - days * DAY_MS);
  const reviews: CampaignTask[] = [];
  for (let at = startsAt + LEAD_DAYS * DAY_MS; at < endsAt; at += 7 * DAY_MS)
    reviews.push({
      due: dayOf(at),
      task: 'Review returns against the targets, agree the move of budgets',
      owner: 'analyst',
    });
  return [
    { due: before(7), task: 'Agree audience, offer and targets', owner: 'marketer' },
    ...channels.map((channel): CampaignTask => ({
      due: before(5),
      task: `Write and check the material for ${channel}`,
      owner: 'writer',
    })),
    { due: before(3), task: 'Set up tracking and try it from click to sale', owner: 'analyst' },
    { due: before(1), task: 'Approve the campaign', owner: 'marketer' },
    { due: dayOf(startsAt), task: 'Start on all channels', owner: 'marketer' },
    {
      due: dayOf(startsAt + 3 * DAY_MS),
      task: 'First look: does every channel count?',
      owner: 'analyst',
    },
    ...reviews,
    { due: dayOf(endsAt), task: 'Close, and record what came of it', owner: 'analyst' },
  ];
}

/** `2026-11-21`, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
