import type { WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { normalizeParameters } from '@millrace/workflow/parameters';
import { newId, ScheduleEntity, type ScheduleRow } from '../../db/index.ts';
import type { WorkflowListener } from '../workflows/index.ts';
import { nextTime } from './next-time.ts';

export interface ScheduleRowsOptions {
  readonly registry: NodeRegistry;
  /** For workflows that name no zone. */
  readonly timezone: string;
  readonly now?: () => number;
}

/** Keeps the rows that say when published schedule triggers fire next. */
export function createScheduleRows(options: ScheduleRowsOptions): WorkflowListener {
  const { now = Date.now } = options;
  return {
    async published({ manager, workflowId, versionId, workflow }) {
      const rows = manager.getRepository(ScheduleEntity);
      await rows.delete({ workflowId });
      const fresh = rulesOf(workflow, options, now()).map((rule) => ({
        ...rule,
        id: newId(now()),
        workflowId,
        versionId,
        lastAt: null,
        createdAt: now(),
      }));
      if (fresh.length) await rows.insert(fresh);
    },
    async unpublished({ manager, workflowId }) {
      await manager.getRepository(ScheduleEntity).delete({ workflowId });
    },
  };
}

type Rule = Pick<
  ScheduleRow,
  'node' | 'ruleIndex' | 'cron' | 'every' | 'timezone' | 'missed' | 'nextAt'
>;

function rulesOf(
  { nodes, settings }: WorkflowJson,
  { registry, timezone: fallback }: ScheduleRowsOptions,
  now: number,
): Rule[] {
  const named = settings?.timezone;
  const timezone = named === undefined || named === 'DEFAULT' ? fallback : named;
  return nodes.flatMap((node) => {
    const type = registry.find(node.type, node.typeVersion);
    if (!type?.schedules || node.disabled === true) return [];
    const { typeVersion: version } = node;
    const parameters = normalizeParameters(type.description, node.parameters, { version });
    return type.schedules(parameters).flatMap(({ cron, every }, ruleIndex): Rule[] => {
      const nextAt = nextTime({ cron, every, timezone, anchor: now }, now);
      if (nextAt === undefined) return [];
      return [
        {
          node: node.name,
          ruleIndex,
          cron,
          every: every ? JSON.stringify(every) : null,
          timezone,
          missed: missedPolicy(parameters['misfirePolicy']),
          nextAt,
        },
      ];
    });
  });
}

/** n8n's `coalesce` makes one of all that were missed; `all` is ours. */
function missedPolicy(policy: unknown): ScheduleRow['missed'] {
  if (policy === 'all') return 'all';
  return policy === 'coalesce' || policy === 'coalesce_owner' || policy === 'once'
    ? 'once'
    : 'skip';
}
