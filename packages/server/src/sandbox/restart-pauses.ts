/** How long a child must have lived for its end to say nothing about the next one. */
const SETTLED_MS = 2000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** So many short lives in a row may be attempts that broke their child: those are replaced at once. */
const FREE = 20;

/** Pauses before a child process is started again: one that cannot start must not burn a core for ever. */
export function createRestartPauses(): { after(livedMs: number): number } {
  let short = 0;
  return {
    /** @param livedMs - How long the child lived that ended. @returns Milliseconds to wait, 0 for none. */
    after(livedMs) {
      short = livedMs < SETTLED_MS ? short + 1 : 0;
      return short <= FREE
        ? 0
        : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (short - FREE - 1));
    },
  };
}
