import type { ProspectKind } from '../tables/links.ts';
import { hoursFor } from './chances.ts';

export const CRITERIA = ['value', 'authority', 'relevance', 'responsiveness'] as const;
/** What counts besides the expected worth per hour. */
export type Criterion = (typeof CRITERIA)[number];

export interface Judged {
  readonly kind: ProspectKind;
  /** 0–1 each. */
  readonly authority: number;
  readonly topical: number;
  /** 0–100. */
  readonly value: number;
  readonly deadline: number | null;
  readonly replyChance: number;
  readonly linkChance: number;
}

/** Nobody writes a good answer in less. */
const DRAFT_MS = 2 * 3_600_000;

/**
 * Worth of an hour of work: P(reply) · P(link | reply) · value / hours; 0 when the deadline leaves no
 * time to answer. A criterion other than value raises what is strong in it by up to three times.
 *
 * @see marketing.md A21
 */
export function outreachPriority(
  prospect: Judged,
  { now, criterion = 'value' }: { readonly now: number; readonly criterion?: Criterion },
): number {
  const { kind, replyChance, linkChance, value, deadline } = prospect;
  if (deadline !== null && deadline - now <= DRAFT_MS) return 0;
  return ((replyChance * linkChance * value) / hoursFor(kind)) * weightOf(prospect, criterion);
}

function weightOf({ authority, topical, replyChance }: Judged, criterion: Criterion): number {
  switch (criterion) {
    case 'value':
      return 1;
    case 'authority':
      return 0.5 + authority;
    case 'relevance':
      return 0.5 + topical;
    case 'responsiveness':
      return 0.5 + replyChance;
    default:
      return criterion satisfies never;
  }
}
