import type { JsonObject } from '@millrace/workflow/items';
import { isVisible } from '@millrace/workflow/parameters';
import type { RunRecord } from '@millrace/workflow/ports';
import {
  ExecutionEntity,
  ExecutionRunEntity,
  type Database,
  type ExecutionRow,
} from '../../db/index.ts';
import { loadRuns, type LoadedWorkflow, type Runtime } from '../../runtime/index.ts';
import type { CallServices, Door } from './calls.ts';
import { suffixOf } from './suffix.ts';
import { targetOf, type WebhookTarget } from './webhook-context.ts';

/** An execution that waits at a node: what the node's expressions may know. */
export interface Pause {
  readonly executionId: string;
  readonly resumeUrl: string;
  /** All runs before the pause. */
  readonly runs: readonly RunRecord[];
  /** The run that waits. */
  readonly run: RunRecord;
}

/** What stands behind an address that goes on with an execution. */
export type Found =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused' }
  /** Not yet at the pause the address is for. */
  | { readonly kind: 'ahead'; readonly row: ExecutionRow; readonly waits: number }
  /** The pause the address was for is over. */
  | { readonly kind: 'past'; readonly row: ExecutionRow }
  | { readonly kind: 'paused'; readonly row: ExecutionRow; readonly waits: number };

/** Looks at executions by the signed addresses that go on with them. */
export interface Pauses {
  find(executionId: string, token: string): Promise<Found>;
  /** The way in. Undefined when the pause ends by time only. */
  open(row: ExecutionRow): Promise<PauseDoor | undefined>;
}

export interface PauseDoor extends Door {
  readonly pause: Pause;
  readonly isForm: boolean;
  /** How many pauses the execution had before. */
  readonly waits: number;
  /** What the address has after the execution's id. */
  readonly suffix: string;
  /** Where it can be called, signed. */
  readonly address: string;
}

export function createPauses(services: CallServices): Pauses {
  const { runtime } = services;
  const { db, config } = runtime.options;

  return {
    async find(executionId, token) {
      const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id: executionId });
      if (!row) return { kind: 'unknown' };
      const recorded = await countWaits(db, executionId);
      const waits = row.status === 'waiting' ? recorded - 1 : recorded;
      const isFor = (count: number) => runtime.tokens.matches(token, executionId, count);
      if (isFor(waits)) {
        if (row.status === 'waiting') return { kind: 'paused', row, waits };
        return row.finishedAt === null ? { kind: 'ahead', row, waits } : { kind: 'past', row };
      }
      const isOld = Array.from({ length: waits }, (_, count) => count).some(isFor);
      return isOld ? { kind: 'past', row } : { kind: 'refused' };
    },

    async open(row) {
      const target = targetOf(await workflowOf(row, runtime), {
        name: row.waitNode ?? '',
        runtime,
      });
      const webhook = target && pauseWebhook(target);
      if (!webhook) return undefined;
      const runs = await loadRuns(db, row.id);
      const run = runs.findLast(
        ({ node, status }) => node === row.waitNode && status === 'waiting',
      );
      if (!run) return undefined;
      const waits = runs.filter(({ status }) => status === 'waiting').length - 1;
      const query = `?signature=${runtime.tokens.make(row.id, waits)}`;
      const isForm = webhook['isForm'] === true;
      const inner = {
        target,
        webhookName: typeof webhook['name'] === 'string' ? webhook['name'] : 'default',
        mode: row.mode === 'manual' ? ('manual' as const) : ('webhook' as const),
        pause: {
          executionId: row.id,
          resumeUrl: `${config.publicUrl}/webhook-waiting/${row.id}${query}`,
          runs: runs.filter((each) => each !== run),
          run,
        },
      };
      const suffix = suffixOf(inner, services);
      const path = isForm || suffix === '' ? row.id : `${row.id}/${suffix}`;
      return {
        ...inner,
        isForm,
        waits,
        suffix,
        address: `${config.publicUrl}/${isForm ? 'form' : 'webhook'}-waiting/${path}${query}`,
        way: {
          accept: (outputs) => runtime.executions.resume(row.id, outputs),
          begin: (outputs, respond) => runtime.executions.resume(row.id, outputs, respond),
        },
      };
    },
  };
}

const countWaits = (db: Database, executionId: string) =>
  db.source.getRepository(ExecutionRunEntity).countBy({ executionId, status: 'waiting' });

async function workflowOf(row: ExecutionRow, { workflows }: Runtime): Promise<LoadedWorkflow> {
  return row.versionId === null
    ? workflows.snapshot(row.workflowId, JSON.parse(row.snapshot ?? '{}'))
    : workflows.version(row.versionId);
}

/** How a node can be called while it waits: which of its webhooks depends on its parameters. */
function pauseWebhook({ type, node, parameters }: WebhookTarget): JsonObject | undefined {
  return type.description.webhooks?.find(
    (webhook) =>
      webhook['restartWebhook'] === true &&
      isVisible(webhook, parameters, parameters, node.typeVersion),
  );
}
