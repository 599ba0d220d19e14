import { Buffer } from 'node:buffer';
import type { WebhookRequest } from '@millrace/workflow/node-api';
import { ExecutionEntity, KeptCallEntity, type KeptCallRow } from '../../db/index.ts';
import { refusal, type CallServices } from './calls.ts';
import type { PauseDoor, Pauses } from './pauses.ts';
import { webhookContext } from './webhook-context.ts';

/**
 * Calls that came before the pause they are for: a node may give its address away and be called back
 * before the execution is stored as waiting. They are kept, one per pause, and made when it is there.
 */
export interface KeptCalls {
  /** False when there is one already. */
  keep(about: {
    readonly executionId: string;
    readonly waits: number;
    readonly suffix: string;
    readonly request: WebhookRequest;
  }): Promise<boolean>;
  /** Makes the call kept for the pause an execution is at now. */
  replay(executionId: string): Promise<void>;
  /** Makes all whose pause has come: those another process took, or died over. */
  sweep(): Promise<void>;
}

export function createKeptCalls(services: CallServices, pauses: Pauses): KeptCalls {
  const { runtime } = services;
  const { db, logger, clock } = runtime.options;
  const table = () => db.source.getRepository(KeptCallEntity);

  /** Nobody waits for the answer any more. What the node refuses, or fails over, is dropped. */
  async function make(door: PauseDoor, request: WebhookRequest): Promise<void> {
    const { executionId } = door.pause;
    const outputs = await outputsOf(door, request).catch((error: unknown) => {
      logger.warn('A call kept for a pause failed', { executionId, error: String(error) });
      return undefined;
    });
    if (outputs) await door.way.accept(outputs);
    else logger.warn('A call kept for a pause was refused', { executionId });
  }

  async function outputsOf(door: PauseDoor, request: WebhookRequest) {
    const context = webhookContext(door, { ...services, request });
    const outcome = await door.target.type.webhook?.(context);
    return outcome?.outputs?.map((batch) => batch ?? []);
  }

  async function replay(executionId: string): Promise<void> {
    const kept = await table().findOneBy({ executionId });
    if (!kept) return;
    const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id: executionId });
    if (row?.finishedAt === null && row.status !== 'waiting') return;
    const door = row?.status === 'waiting' ? await pauses.open(row) : undefined;
    if (door && door.waits === kept.waits && door.suffix === kept.suffix)
      await make(door, readRequest(kept.request));
    await db.transaction((manager) => manager.delete(KeptCallEntity, { executionId }));
  }

  async function store(row: KeptCallRow): Promise<boolean> {
    try {
      await db.transaction((manager) => manager.insert(KeptCallEntity, row));
      return true;
    } catch (error) {
      // The key lets only one in, also of two that come at the same time.
      if (await table().findOneBy({ executionId: row.executionId })) return false;
      throw error;
    }
  }

  return {
    async keep({ executionId, waits, suffix, request }) {
      const row = {
        executionId,
        waits,
        suffix,
        request: JSON.stringify({
          ...request,
          rawBody: Buffer.from(request.rawBody).toString('base64'),
        }),
        createdAt: clock.now(),
      };
      const stored = await store(row);
      // The pause may have come between the look and the insert.
      if (stored) await replay(executionId);
      return stored;
    },
    replay,
    async sweep() {
      for (const { executionId } of await table().find({ take: 100 })) await replay(executionId);
    },
  };
}

function readRequest(text: string): WebhookRequest {
  const stored: Omit<WebhookRequest, 'rawBody'> & { readonly rawBody: string } = JSON.parse(text);
  return { ...stored, rawBody: Buffer.from(stored.rawBody, 'base64') };
}

/** The answer to a call that is kept. */
export const KEPT = refusal(
  202,
  'The workflow has not come to its pause; it goes on at once when it does',
);
