import type { Tables } from '@millrace/workflow/node-api';
import { agents, type AgentRow, type HandoffRow } from '../tables/handoffs.ts';

/** Who has not been heard of for this long is away. */
const HEARTBEAT_MS = 60_000;

/**
 * Who can take a talk, the freest first: has the skills, is there, and has room. Of equals, whoever
 * took one longest ago.
 *
 * @see marketing.md A35
 */
export async function freeAgents(
  tables: Tables,
  { skills, wanted }: Pick<HandoffRow, 'skills' | 'wanted'>,
  now: number,
): Promise<AgentRow[]> {
  const present = await tables.open(agents).find({
    where: {
      heartbeatAt: { gte: now - HEARTBEAT_MS },
      ...(wanted !== 'any' && { kind: wanted }),
    },
  });
  return present
    .filter(
      (agent) =>
        agent.load < agent.capacity && skills.every((skill) => agent.skills.includes(skill)),
    )
    .toSorted(
      (a, b) =>
        a.load / a.capacity - b.load / b.capacity ||
        (a.lastClaimedAt ?? 0) - (b.lastClaimedAt ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
}

/** Counts a talk an agent took; false when they have no room. Somebody who is no agent has room always. */
export async function takeOn(tables: Tables, agentId: string, now: number): Promise<boolean> {
  const store = tables.open(agents);
  const agent = await store.findOne({ id: agentId });
  if (!agent) return true;
  if (agent.load >= agent.capacity) return false;
  return (
    (await store.update(
      { id: agentId, load: agent.load },
      { load: agent.load + 1, lastClaimedAt: now },
    )) === 1
  );
}

/** Counts a talk an agent gave away or ended. */
export async function letGo(tables: Tables, agentId: string | null): Promise<void> {
  if (agentId === null) return;
  const store = tables.open(agents);
  const agent = await store.findOne({ id: agentId });
  if (agent) await store.update({ id: agentId }, { load: Math.max(0, agent.load - 1) });
}
