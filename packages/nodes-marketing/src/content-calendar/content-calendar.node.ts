import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { schedule } from '../tables/content.ts';
import { loadChannels } from './channel-rules.ts';
import { contentCalendarIcon } from './content-calendar.icon.ts';
import { findSlots, type ChannelRules, type Wish } from './find-slots.ts';

const DAY_MS = 86_400_000;
const PLAN_ONLY = { operation: ['plan'] };

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'plan',
    choices: [
      {
        value: 'plan',
        label: 'Find Slots',
        hint: 'Gives each item the first free time of its channel; it is not stored',
      },
      { value: 'list', label: 'List', hint: 'What is planned in the stored calendar' },
    ],
  }),
  channel: p.string({
    label: 'Channel',
    default: '',
    placeholder: 'blog',
    hint: 'For items without the field "channel", and to list only one',
  }),
  channels: p.list({
    label: 'Channels',
    hint: 'Left empty: the stored channels, else a blog, LinkedIn and X on usual times',
    when: PLAN_ONLY,
    item: {
      name: p.string({ label: 'Name', required: true, placeholder: 'blog' }),
      zone: p.string({ label: 'Time Zone', default: 'UTC', placeholder: 'Europe/Berlin' }),
      times: p.string({
        label: 'Times',
        default: '09:00',
        placeholder: '09:00, 13:00',
        hint: 'The best first',
      }),
      minGapMinutes: p.number({ label: 'Least Minutes Between', default: 240, min: 0 }),
      perDay: p.number({ label: 'Posts a Day', default: 1, min: 1 }),
      blackout: p.string({
        label: 'Days Off',
        default: '',
        placeholder: 'Saturday, Sunday, 2026-12-25',
      }),
    },
  }),
  from: p.dateTime({ label: 'From', default: '', hint: 'Left empty: now' }),
  days: p.number({ label: 'Days', default: 30, min: 1, max: 366 }),
};

export default defineNode({
  name: 'millrace-nodes-marketing.contentCalendar',
  label: 'Content Calendar',
  description:
    'Finds times for pieces: least gaps, posts a day, days off, local clocks, posts after articles',
  version: 1,
  group: ['marketing'],
  icon: contentCalendarIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Content'],
    alias: ['calendar', 'schedule', 'slots', 'posting time', 'editorial plan'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    const from = startOf(given.from, context.now());
    const window = { from, until: from + given.days * DAY_MS };
    if (given.operation === 'list') return [await list(context, given.channel, window)];
    const rules = (given.channels ?? []).map(({ times, blackout, ...channel }) => ({
      ...channel,
      times: parts(times),
      blackout: parts(blackout),
    }));
    const isOwn = rules.length > 0;
    const channels = isOwn ? rules : await loadChannels(context.tables);
    return [await plan(context, { channels, fallback: given.channel, ...window })];
  },
});

interface Window {
  readonly from: number;
  readonly until: number;
}

function startOf(text: string, now: number): number {
  const at = text === '' ? now : Date.parse(text);
  if (Number.isFinite(at)) return at;
  throw new InputError(`"From" is "${text}", which is no time`, 'Write it as 2026-11-21T09:00:00Z');
}

const parts = (text: string): string[] => text.split(',').flatMap((part) => part.trim() || []);

async function list({ tables }: ExecuteContext, channel: string, { from, until }: Window) {
  const rows = await tables.open(schedule).find({
    where: { plannedAt: { gte: from, lt: until }, ...(channel && { channel }) },
    orderBy: { plannedAt: 'asc', id: 'asc' },
  });
  return rows.map((row) => ({ json: timed(row) }));
}

async function plan(
  context: ExecuteContext,
  {
    channels,
    fallback,
    from,
    until,
  }: Window & { readonly channels: readonly ChannelRules[]; readonly fallback: string },
) {
  const wishes = context.items().map(({ json }, index): Wish => {
    const field = itemFields(json, index);
    const after = field.text('after');
    const notBefore = field.time('notBefore');
    return {
      id: field.text('id') ?? String(index),
      channel: field.text('channel') ?? (fallback || (channels[0]?.name ?? '')),
      ...(after !== undefined && { after }),
      ...(notBefore !== undefined && { notBefore }),
    };
  });
  const taken = await context.tables.open(schedule).find({
    where: {
      state: { in: ['planned', 'publishing', 'published'] },
      plannedAt: { gte: from - 2 * DAY_MS, lt: until },
    },
    columns: ['channel', 'plannedAt'],
  });
  const { slots, unplaced } = findSlots(wishes, channels, { taken, from, until });
  const slotOf = new Map(slots.map((slot) => [slot.id, timed(slot)]));
  const reasonOf = new Map(unplaced.map(({ id, reason }) => [id, reason]));
  return context.items().map((item, index) => {
    const id = wishes[index]?.id ?? '';
    const slot = slotOf.get(id) ?? { plannedAt: null, reason: reasonOf.get(id) ?? '' };
    return { json: { ...item.json, ...slot, id }, pairedItem: { item: index } };
  });
}

/** Times as text: items are read by people and by other nodes. */
const timed = <S extends { readonly plannedAt: number }>(slot: S) => ({
  ...slot,
  plannedAt: new Date(slot.plannedAt).toISOString(),
});
