import type { NodeDescription } from '@millrace/workflow/node-api';

/** What a node is for: tints its tile and groups it in the creator. */
export type NodeFamily = 'trigger' | 'flow' | 'data' | 'ai' | 'marketing' | 'output';

const FAMILIES: readonly NodeFamily[] = ['trigger', 'flow', 'data', 'ai', 'marketing', 'output'];

/** The family of a node; n8n's own group names are read as ours. */
export function familyOf(description: NodeDescription | undefined): NodeFamily {
  if (!description) return 'flow';
  const own = FAMILIES.find((family) => description.group.includes(family));
  if (own) return own;
  if (description.group.includes('schedule')) return 'trigger';
  if (description.codex?.categories?.some((category) => /\bAI\b|langchain/i.test(category)))
    return 'ai';
  if (description.group.includes('transform') || description.group.includes('input')) return 'data';
  return 'flow';
}

/** True when executions can begin here. */
export const isTrigger = (description: NodeDescription | undefined): boolean =>
  familyOf(description) === 'trigger';
