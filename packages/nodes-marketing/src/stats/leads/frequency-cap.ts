/** At most `most` messages in any window of `windowMs`; 0 blocks all. No rule at all blocks nothing. */
export interface CapRule {
  readonly id: string;
  /** Which messages it counts and holds back; absent: all. */
  readonly channel?: string;
  readonly tag?: string;
  readonly campaign?: string;
  readonly most: number;
  readonly windowMs: number;
}

export interface SentMessage {
  /** ms since the epoch; reservations count as sent. */
  readonly at: number;
  readonly channel: string;
  readonly tags: readonly string[];
  readonly campaign?: string;
  /** Receipts, passwords and the like are neither counted nor held back. */
  readonly isTransactional: boolean;
}

export type CapVerdict =
  | { readonly isAllowed: true }
  | {
      readonly isAllowed: false;
      readonly rule: string;
      /** The first moment all rules allow it; undefined where a rule blocks for ever. */
      readonly nextAt: number | undefined;
    };

/**
 * Whether a message may be sent now, or when. A rule counts the messages in (at − window, at] it
 * applies to, and each rule counts its own kind only.
 *
 * @see marketing.md A29, with the faults of others it names
 */
export function checkCaps(
  message: SentMessage,
  sent: readonly SentMessage[],
  rules: readonly CapRule[],
): CapVerdict {
  if (message.isTransactional) return { isAllowed: true };
  const held = rules
    .filter((rule) => appliesTo(rule, message))
    .map((rule) => ({ rule: rule.id, nextAt: nextAllowed(rule, message.at, sent) }))
    .filter(({ nextAt }) => nextAt !== message.at);
  const [first] = held;
  if (!first) return { isAllowed: true };
  const times = held.flatMap(({ nextAt }) => nextAt ?? []);
  const nextAt = times.length < held.length ? undefined : Math.max(...times);
  return { isAllowed: false, rule: first.rule, nextAt };
}

function nextAllowed(rule: CapRule, at: number, sent: readonly SentMessage[]): number | undefined {
  if (rule.most <= 0) return undefined;
  const counted = sent
    .filter(
      (each) =>
        !each.isTransactional &&
        each.at > at - rule.windowMs &&
        each.at <= at &&
        appliesTo(rule, each),
    )
    .map((each) => each.at)
    .toSorted((a, b) => a - b);
  if (counted.length < rule.most) return at;
  // When this one has left the window, one fewer than `most` are in it.
  return (counted[counted.length - rule.most] ?? at) + rule.windowMs;
}

const appliesTo = (rule: CapRule, message: SentMessage): boolean =>
  (rule.channel === undefined || rule.channel === message.channel) &&
  (rule.tag === undefined || message.tags.includes(rule.tag)) &&
  (rule.campaign === undefined || rule.campaign === message.campaign);
