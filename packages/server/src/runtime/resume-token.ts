import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs the addresses that resume executions. */
export interface ResumeTokens {
  /** @param waits - How often the execution has paused before: a token works for one pause only. */
  make(executionId: string, waits: number): string;
  matches(token: string, executionId: string, waits: number): boolean;
}

/** Tokens that can be made again after a crash, so that addresses given out before it still work. */
export function createResumeTokens(secret: string): ResumeTokens {
  const make = (executionId: string, waits: number) =>
    createHmac('sha256', secret).update(`resume:${executionId}:${waits}`).digest('base64url');
  return {
    make,
    matches(token, executionId, waits) {
      const expected = Buffer.from(make(executionId, waits));
      const given = Buffer.from(token);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
