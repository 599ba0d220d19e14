import type { NodeLogger } from '@millrace/workflow/node-api';

/** Calls `work` every `everyMs`, one call at a time. A failure is logged and the next call comes. */
export function repeat(
  name: string,
  { everyMs, work, logger }: { everyMs: number; work: () => Promise<void>; logger: NodeLogger },
): () => Promise<void> {
  const state: { current?: Promise<void> | undefined } = {};
  const timer = setInterval(() => {
    state.current ??= work()
      .catch((error: unknown) => logger.error(`${name} failed`, { error: String(error) }))
      .finally(() => {
        state.current = undefined;
      });
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await state.current;
  };
}
