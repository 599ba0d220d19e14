import { createHash } from 'node:crypto';
import type { LlmAnswer } from '@millrace/workflow/ports';
import { LessThan } from 'typeorm';
import { LlmCacheEntity, type Database } from '../../db/index.ts';

const KEPT_MS = 30 * 24 * 3_600_000;

export type AnswerCache = ReturnType<typeof createAnswerCache>;

/** Answers kept for equal questions. The key holds all that was asked, and of which project. */
export function createAnswerCache(db: Database, now: () => number = Date.now) {
  const rows = db.source.getRepository(LlmCacheEntity);

  return {
    keyOf: (parts: readonly unknown[]): string =>
      createHash('sha256').update(JSON.stringify(parts)).digest('hex'),

    async find(key: string, maxAgeMs: number): Promise<LlmAnswer | undefined> {
      const row = await rows.findOneBy({ key });
      if (!row || Number(row.createdAt) + maxAgeMs <= now()) return undefined;
      const answer: LlmAnswer = JSON.parse(row.answer);
      return answer;
    },

    async store(key: string, answer: LlmAnswer): Promise<void> {
      const row = { key, answer: JSON.stringify(answer), createdAt: now() };
      await db.transaction(async (manager) => {
        await manager.delete(LlmCacheEntity, { createdAt: LessThan(now() - KEPT_MS) });
        await manager.upsert(LlmCacheEntity, row, ['key']);
      });
    },
  };
}
