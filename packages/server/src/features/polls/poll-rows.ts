import type { NodeJson } from '@millrace/workflow/graph';
import type { NodeRegistry, ScheduleRule } from '@millrace/workflow/node-api';
import { normalizeParameters } from '@millrace/workflow/parameters';
import { newId, PollEntity, type PollRow } from '../../db/index.ts';
import { nextTime } from '../schedules/index.ts';
import type { WorkflowListener } from '../workflows/index.ts';

export interface PollRowsOptions {
  readonly registry: NodeRegistry;
  /** For workflows that name no zone. */
  readonly timezone: string;
  readonly now?: () => number;
}

/** Keeps the rows of published polling triggers. A node keeps its cursor from version to version. */
export function createPollRows(options: PollRowsOptions): WorkflowListener {
  const { registry, now = Date.now } = options;

  const rulesOf = ({
    type,
    typeVersion,
    parameters,
    disabled,
  }: NodeJson): readonly ScheduleRule[] => {
    const found = disabled === true ? undefined : registry.find(type, typeVersion);
    if (!found?.poll || !found.pollRules) return [];
    const values = normalizeParameters(found.description, parameters, { version: typeVersion });
    return found.pollRules(values);
  };

  return {
    async published({ manager, workflowId, versionId, workflow }) {
      const rows = manager.getRepository(PollEntity);
      const before = new Map((await rows.findBy({ workflowId })).map((row) => [row.node, row]));
      await rows.delete({ workflowId });
      const named = workflow.settings?.timezone;
      const timezone = named === undefined || named === 'DEFAULT' ? options.timezone : named;
      const fresh = workflow.nodes.flatMap((node): PollRow[] => {
        const rules = rulesOf(node);
        if (rules.length === 0) return [];
        return [
          {
            id: newId(now()),
            workflowId,
            versionId,
            node: node.name,
            rules: JSON.stringify(rules),
            timezone,
            cursor: before.get(node.name)?.cursor ?? null,
            nextAt: now(), // looked at once at the beginning, then by its rules
            failures: 0,
            lastError: null,
            createdAt: now(),
          },
        ];
      });
      if (fresh.length > 0) await rows.insert(fresh);
    },

    async unpublished({ manager, workflowId }) {
      await manager.getRepository(PollEntity).delete({ workflowId });
    },
  };
}

/** The earliest time any rule fires after `after`; `undefined` when none ever does. */
export function nextPoll(
  { rules, timezone, createdAt }: PollRow,
  after: number,
): number | undefined {
  const list: readonly ScheduleRule[] = JSON.parse(rules);
  const times = list.flatMap(({ cron, every }) => {
    const at = nextTime({ cron, every, timezone, anchor: Number(createdAt) }, after);
    return at === undefined ? [] : [at];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}
