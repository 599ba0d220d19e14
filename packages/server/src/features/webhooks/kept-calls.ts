import { Buffer } from 'node:buffer';
import type { WebhookRequest } from '@millrace/workflow/node-api';
import { ExecutionEntity, KeptCallEntity } from '../../db/index.ts';
import { refusal, takeCall, type CallServices } from './calls.ts';
import type { Pauses } from './pauses.ts';

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

  async function replay(executionId: string): Promise<void> {
    const kept = await table().findOneBy({ executionId });
    if (!kept) return;
    const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id: executionId });
    if (row?.status !== 'waiting') return;
    const door = await pauses.open(row);
    if (door?.suffix === kept.suffix) {
      const { status } = await takeCall(services, door, readRequest(kept.request));
      if (status >= 400)
        logger.warn('A call kept for a pause was refused', { executionId, status });
    }
    await db.transaction((manager) => manager.delete(KeptCallEntity, { executionId }));
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
      const stored = await db.transaction(async (manager) => {
        const there = await manager.findOneBy(KeptCallEntity, { executionId });
        if (there) return false;
        await manager.insert(KeptCallEntity, row);
        return true;
      });
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
export const KEPT = {
  ...refusal(202, 'The workflow has not come to its pause; it goes on at once when it does'),
};
