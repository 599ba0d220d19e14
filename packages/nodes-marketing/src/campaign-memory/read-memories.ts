import type { Batch } from '@millrace/workflow/items';
import type { NewRow } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import type { campaignMemories } from '../tables/campaigns.ts';
import { bandOf, mixOf } from './campaign-kind.ts';

/** Past campaigns as items give them; the return comes from `roi`, or from spend and revenue. */
export function readMemories(
  items: Batch,
  { source, now }: { readonly source: string; readonly now: number },
): NewRow<typeof campaignMemories>[] {
  return items.map(({ json }, index) => {
    const fields = itemFields(json, index);
    const budget = fields.number('budget', 'spend', 'cost') ?? 0;
    const endedAt = fields.time('endedAt', 'ended', 'date') ?? null;
    const month = fields.number('month') ?? new Date(endedAt ?? now).getUTCMonth() + 1;
    return {
      name: fields.need('name', 'campaign'),
      objective: fields.need('objective', 'goal').toLowerCase(),
      industry: (fields.text('industry') ?? '').toLowerCase(),
      channels: mixOf(channelNames(json['channels'] ?? json['channel'], index)),
      budget,
      budgetBand: bandOf(budget),
      month: Math.min(12, Math.max(1, Math.round(month))),
      audience: fields.text('audience') ?? null,
      tone: fields.text('tone') ?? null,
      roi: returnOf(fields, index),
      source,
      endedAt,
    };
  });
}

function channelNames(given: unknown, index: number): string[] {
  const list = Array.isArray(given) ? given.map(String) : String(given ?? '').split(/[+,;/]/);
  const names = list.map((name) => name.trim().toLowerCase()).filter(Boolean);
  if (names.length > 0) return names;
  throw new InputError(
    `Item ${index} has no "channels"`,
    'Give each item the field "channels", such as ["email", "search"] or "email+search"',
  );
}

function returnOf(fields: ReturnType<typeof itemFields>, index: number): number {
  const roi = fields.number('roi');
  if (roi !== undefined) return Math.max(-1, roi);
  const [spend, revenue] = [fields.number('spend', 'cost'), fields.number('revenue', 'value')];
  if (spend !== undefined && spend > 0 && revenue !== undefined) return (revenue - spend) / spend;
  throw new InputError(
    `Item ${index} does not say what the campaign returned`,
    'Give "roi" (0.5 is 50 % gained), or "spend" above 0 and "revenue"',
  );
}
