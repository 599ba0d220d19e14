import {
  learnCampaigns,
  logReturn,
  type CampaignMemory,
  type CampaignModel,
} from '../stats/campaigns/memory.ts';

/**
 * Learns what kinds of campaigns return, like {@link learnCampaigns}, with the levels that tell
 * campaigns apart best nearest to the root: beliefs are drawn towards the level above, and what is
 * shared there has the most evidence. Paths go in and come out in their own order.
 */
export function learnKinds(memories: readonly CampaignMemory[]): CampaignModel {
  const order = levelsByEffect(memories);
  const inside = (path: readonly string[]) => order.map((level) => path[level] ?? '');
  const model = learnCampaigns(
    memories.map((memory) => ({ ...memory, path: inside(memory.path) })),
  );
  return {
    ...model,
    belief: (path) => model.belief(inside(path)),
    segments: model.segments.map((segment) =>
      segment.map((_, level) => segment[order.indexOf(level)] ?? ''),
    ),
  };
}

/** Indexes of the levels, the one that explains most of the returns first. */
function levelsByEffect(memories: readonly CampaignMemory[]): number[] {
  const returns = memories.map(({ roi }) => logReturn(roi));
  const effects = (memories[0]?.path ?? []).map((_, level) =>
    effectOf(
      memories.map(({ path }) => path[level] ?? ''),
      returns,
    ),
  );
  return effects
    .map((_, level) => level)
    .toSorted((a, b) => (effects[b] ?? 0) - (effects[a] ?? 0) || a - b);
}

/** Variance between the values of a level beyond what chance gives, over all of it (Hays' ω²). */
function effectOf(values: readonly string[], returns: readonly number[]): number {
  const all = returns.reduce((sum, y) => sum + y, 0) / returns.length;
  const groups = new Map<string, { count: number; sum: number }>();
  values.forEach((value, index) => {
    const group = groups.get(value) ?? { count: 0, sum: 0 };
    group.count += 1;
    group.sum += returns[index] ?? 0;
    groups.set(value, group);
  });
  const total = returns.reduce((sum, y) => sum + (y - all) ** 2, 0);
  let between = 0;
  for (const { count, sum } of groups.values()) between += count * (sum / count - all) ** 2;
  const freedom = returns.length - groups.size;
  if (freedom <= 0 || total === 0) return 0;
  const noise = (total - between) / freedom;
  return (between - (groups.size - 1) * noise) / (total + noise);
}
