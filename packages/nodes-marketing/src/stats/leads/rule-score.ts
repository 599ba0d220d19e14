/** Points for something a lead did; they fade with time. */
export interface EventRule {
  readonly event: string;
  readonly points: number;
  /** After so many days half of the points are left; absent: they stay. */
  readonly halfLifeDays?: number;
  /** At most this many of the latest count. */
  readonly most?: number;
}

/** Points for something a lead is. */
export interface ProfileRule {
  readonly name: string;
  readonly points: number;
  holds(profile: Readonly<Record<string, unknown>>): boolean;
}

export interface LeadEvent {
  readonly name: string;
  /** ms since the epoch. */
  readonly at: number;
}

export interface RuleScore {
  readonly score: number;
  /** What each rule gave, the most first; rules that gave nothing are left out. */
  readonly parts: readonly { readonly rule: string; readonly points: number }[];
}

const DAY_MS = 86_400_000;

/**
 * Σ points · ½^(age / half-life) over events, plus the profile's points. Events after `now` wait.
 *
 * @see marketing.md A33
 */
export function scoreByRules(
  lead: {
    readonly events: readonly LeadEvent[];
    readonly profile: Readonly<Record<string, unknown>>;
  },
  rules: { readonly events: readonly EventRule[]; readonly profile: readonly ProfileRule[] },
  now: number,
): RuleScore {
  const fromEvents = rules.events.map((rule) => {
    const ages = lead.events
      .filter(({ name, at }) => name === rule.event && at <= now)
      .map(({ at }) => (now - at) / DAY_MS)
      .toSorted((a, b) => a - b)
      .slice(0, rule.most ?? Infinity);
    const left = ages.map((days) => (rule.halfLifeDays ? 0.5 ** (days / rule.halfLifeDays) : 1));
    return { rule: rule.event, points: rule.points * left.reduce((sum, each) => sum + each, 0) };
  });
  const fromProfile = rules.profile.map(({ name, points, holds }) => ({
    rule: name,
    points: holds(lead.profile) ? points : 0,
  }));
  const parts = [...fromEvents, ...fromProfile]
    .filter(({ points }) => points !== 0)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  return { score: parts.reduce((sum, { points }) => sum + points, 0), parts };
}
