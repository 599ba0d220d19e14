import { randomUUID } from 'node:crypto';
import type { Question, Replies, Reply } from './link.types.ts';

/** Longer than a busy process lets others wait, shorter than a caller does. */
const PATIENCE_MS = 2000;
/** Strangers can make a process ask: beyond this it says at once that it heard nobody. */
const MAX_OPEN = 1000;

/** A question as it travels. */
export interface AskedQuestion {
  readonly id: string;
  readonly question: Question;
}

/** What a process said, nothing included. */
export interface GivenReply {
  readonly id: string;
  readonly reply: Reply;
}

interface Open {
  readonly replies: Reply[];
  /** How many will reply, once Redis has said how many it told. */
  expected: number;
  settle(isComplete: boolean): void;
}

/** Questions to the other processes and what they reply. */
export interface Questions {
  ask(question: Question): Promise<Replies>;
  heard(given: GivenReply): void;
}

/**
 * Waits for a reply from each process that was told, so that silence is never taken for a "no".
 *
 * @param tell - resolves to how many processes were told, this one included if it replies too.
 */
export function createQuestions(
  tell: (asked: AskedQuestion) => Promise<number>,
  { patienceMs = PATIENCE_MS } = {},
): Questions {
  const open = new Map<string, Open>();

  function settleWhenAll({ replies, expected, settle }: Open): void {
    if (replies.length >= expected) settle(true);
  }

  return {
    async ask(question) {
      if (open.size >= MAX_OPEN) return { replies: [], isComplete: false };
      const id = randomUUID();
      const all = Promise.withResolvers<boolean>();
      const asked: Open = { replies: [], expected: Infinity, settle: all.resolve };
      open.set(id, asked);
      const timer = setTimeout(() => all.resolve(false), patienceMs);
      tell({ id, question }).then(
        (count) => {
          asked.expected = count;
          settleWhenAll(asked);
        },
        () => all.resolve(false),
      );
      const isComplete = await all.promise;
      clearTimeout(timer);
      open.delete(id);
      return { replies: asked.replies, isComplete };
    },
    heard({ id, reply }) {
      const asked = open.get(id);
      if (!asked) return;
      asked.replies.push(reply);
      settleWhenAll(asked);
    },
  };
}
