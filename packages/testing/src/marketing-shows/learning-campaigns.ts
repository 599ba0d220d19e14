import { designedCampaigns, run } from './first-go.ts';
import type { Lessons } from './learning.ts';
import { learningsOf } from './plans.ts';
import type { Shop } from './shop.ts';

const DAY_MS = 86_400_000;
const DAYS = 28;

export type Design = Awaited<ReturnType<typeof designedCampaigns>>[number];

/** Approves every design, as a person would. */
export async function approveDesigns(shop: Shop): Promise<readonly Design[]> {
  const designs = await designedCampaigns(shop);
  for (const { id } of designs)
    await shop.call('PATCH', `/marketing/campaigns/${id}`, { decision: 'approve' });
  return designs;
}

/** The approved campaigns brought back a third of what they cost: their channels are trusted less. */
export async function campaignLessons(shop: Shop, designs: readonly Design[]): Promise<Lessons> {
  await importDays(shop, designs);
  await run(shop, 'campaigns');
  await run(shop, 'campaigns');
  const next = await designedCampaigns(shop);
  const learned = await learningsOf(shop, 'campaigns', 'returnRatio');
  const changes = [...learned].map(([subject, { mean, count }]) => {
    const was = bestOf(designs, subject);
    const is = bestOf(next, subject);
    return {
      isLess: mean < 1 && was !== undefined && (is === undefined || is < was),
      text: `${subject} returned ${mean.toFixed(2)} of what was predicted (${count} seen): designs on them ${percent(was)} → ${percent(is)}`,
    };
  });
  const mixes = new Set(designs.map(mixOf));
  const less = changes.filter(({ isLess }) => isLess).length;
  return {
    told: changes.map(({ text }) => text),
    line: {
      what: 'channel mixes that failed, promised less or left',
      asked: String(mixes.size),
      found: String(less),
      holds: less === mixes.size,
    },
  };
}

const mixOf = ({ channels }: Pick<Design, 'channels'>): string =>
  `channels:${channels.toSorted().join('+')}`;

/** The highest return predicted for a mix of channels. */
function bestOf(designs: readonly Design[], subject: string): number | undefined {
  const own = designs.filter((design) => mixOf(design) === subject).map(({ roi }) => roi);
  return own.length > 0 ? Math.max(...own) : undefined;
}

const percent = (share: number | undefined): string =>
  share === undefined ? 'none' : `${Math.round(100 * share)} %`;

/** An export of what the campaigns spent and earned. */
async function importDays(shop: Shop, designs: readonly Design[]): Promise<void> {
  const rows = designs.flatMap(({ name, channels, startsAt }) =>
    channels.flatMap((channel) =>
      Array.from({ length: DAYS }, (_, index) => {
        const day = new Date(startsAt + index * DAY_MS).toISOString().slice(0, 10);
        return `"${name}",${channel},${day},100,${index % 2 ? 30 : 36}`;
      }),
    ),
  );
  const text = ['Campaign,Channel,Date,Spend,Revenue', ...rows].join('\n');
  await shop.job('/marketing/import', { text, target: 'campaignDays' });
}
