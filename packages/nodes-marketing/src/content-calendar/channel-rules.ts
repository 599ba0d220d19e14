import type { Tables } from '@millrace/workflow/node-api';
import { channels } from '../tables/content.ts';
import type { ChannelRules } from './find-slots.ts';

export interface Channel extends ChannelRules {
  readonly kind: 'article' | 'social';
}

const WEEKEND = ['Saturday', 'Sunday'];

/** Used while nobody has set up channels: usual times of working days. */
export const USUAL_CHANNELS: readonly Channel[] = [
  {
    name: 'blog',
    kind: 'article',
    zone: 'UTC',
    times: ['09:00', '13:00'],
    minGapMinutes: 1200,
    perDay: 1,
    blackout: WEEKEND,
  },
  {
    name: 'linkedin',
    kind: 'social',
    zone: 'UTC',
    times: ['08:30', '12:00'],
    minGapMinutes: 1200,
    perDay: 1,
    blackout: WEEKEND,
  },
  {
    name: 'x',
    kind: 'social',
    zone: 'UTC',
    times: ['09:00', '13:00', '17:00'],
    minGapMinutes: 180,
    perDay: 3,
    blackout: [],
  },
];

/** The channels that are switched on, else the usual ones. */
export async function loadChannels(tables: Tables): Promise<readonly Channel[]> {
  const store = tables.open(channels);
  if ((await store.count()) === 0) return USUAL_CHANNELS;
  const rows = await store.find({ where: { isOn: true }, orderBy: { name: 'asc' } });
  return rows.map(({ blackout, ...rules }) => ({ ...rules, blackout: blackout ?? [] }));
}
