import { In, LessThan } from 'typeorm';
import type { NodeLogger, WebhookResponse } from '@millrace/workflow/node-api';
import type { Clock } from '@millrace/workflow/ports';
import { KeptAnswerEntity, type Database, type KeptAnswerRow } from '../db/index.ts';
import type { Unanswered } from './callers.ts';
import { createGroupCommit } from './commit/group-commit.ts';
import { decode, encode } from './link/link-message.ts';

/**
 * What nodes answered callers in other processes. It travels as a message; where that is lost, who
 * waits for it finds it here.
 */
export interface KeptAnswers {
  /** Resolves when it is stored; a failure is logged, the message may arrive all the same. */
  keep(of: { readonly id: string; readonly fence: number }, answer: WebhookResponse): Promise<void>;
  /** By execution, for those there are. */
  find(wanted: readonly Unanswered[]): Promise<ReadonlyMap<string, WebhookResponse>>;
  /** Deletes what nobody can be waiting for any more. */
  forget(): Promise<void>;
}

/** Callers look each second. */
const KEPT_MS = 10 * 60_000;

/** Those that wait longest come first. */
const MAX_ASKED = 1000;

export function createKeptAnswers(
  db: Database,
  { clock, logger }: { clock: Clock; logger: NodeLogger },
): KeptAnswers {
  const writer = createGroupCommit<KeptAnswerRow>({
    async commit(rows) {
      await db.transaction((manager) => manager.insert(KeptAnswerEntity, [...rows]));
      return new Map();
    },
  });

  return {
    async keep({ id, fence }, answer) {
      const response = encode({ from: '', message: answer });
      await writer
        .add({ executionId: id, fence, response, createdAt: clock.now() })
        .catch((error: unknown) =>
          logger.warn('An answer is not kept', { executionId: id, error: String(error) }),
        );
    },
    async find(wanted) {
      if (!wanted.length) return new Map();
      const after = new Map(wanted.map((each) => [each.id, each.after]));
      const rows = await db.source.getRepository(KeptAnswerEntity).find({
        where: { executionId: In([...after.keys()].slice(0, MAX_ASKED)) },
        order: { fence: 'DESC' },
      });
      const found = new Map<string, WebhookResponse>();
      for (const { executionId, fence, response } of rows) {
        const answer: WebhookResponse | undefined = decode(response)?.message;
        if (answer && fence > (after.get(executionId) ?? 0)) found.set(executionId, answer);
      }
      return found;
    },
    async forget() {
      const createdAt = LessThan(clock.now() - KEPT_MS);
      await db.transaction((manager) => manager.delete(KeptAnswerEntity, { createdAt }));
    },
  };
}
