import { createRandom } from '../math/random.ts';

/** How a contact took to a channel, each event with its age. */
export interface ChannelEvidence {
  readonly channel: string;
  /** What most contacts of the segment do, 0–1. */
  readonly segmentRate: number;
  readonly events: readonly {
    readonly kind: 'reply' | 'click' | 'open' | 'machineOpen' | 'ignored';
    readonly ageDays: number;
  }[];
  /** Consent, an address and room under the caps; without them it cannot be chosen. */
  readonly isAvailable: boolean;
  /** Unsubscribed or complained: never again. */
  readonly isRefused: boolean;
}

const WEIGHTS = { reply: 5, click: 2, open: 1, machineOpen: 0, ignored: 0 } as const;
const PRIOR_WEIGHT = 5;
const HALF_LIFE_DAYS = 30;

export interface ChannelChoice {
  readonly channel: string | undefined;
  /** Mean of the belief of each channel that could be chosen. */
  readonly rates: Readonly<Record<string, number>>;
}

/**
 * Chooses a channel by Thompson sampling: what the contact answered lately counts, what nobody knows
 * comes from the segment, and channels that were tried little are tried again now and then.
 *
 * @returns No channel where none may be used.
 * @see marketing.md A30
 */
export function chooseChannel(evidence: readonly ChannelEvidence[], seed: number): ChannelChoice {
  const random = createRandom(seed);
  const beliefs = evidence
    .filter(({ isAvailable, isRefused }) => isAvailable && !isRefused)
    .map((each) => ({ channel: each.channel, ...beliefOf(each) }));
  const [best] = beliefs
    .map(({ channel, a, b }) => ({ channel, draw: random.beta(a, b) }))
    .toSorted((x, y) => y.draw - x.draw);
  return {
    channel: best?.channel,
    rates: Object.fromEntries(beliefs.map(({ channel, a, b }) => [channel, a / (a + b)])),
  };
}

function beliefOf({ segmentRate, events }: ChannelEvidence): { a: number; b: number } {
  const rate = Math.min(0.99, Math.max(0.01, segmentRate));
  let [a, b] = [rate * PRIOR_WEIGHT, (1 - rate) * PRIOR_WEIGHT];
  for (const { kind, ageDays } of events) {
    const left = 0.5 ** (ageDays / HALF_LIFE_DAYS);
    if (kind === 'ignored') b += left;
    else a += left * WEIGHTS[kind];
  }
  return { a, b };
}
