/** Counts requests by who sends them. */
export interface RequestRate {
  /** Whole seconds to wait; 0 when the request may pass, which counts it. */
  take(caller: string): number;
}

const MINUTE_MS = 60_000;
/** With more callers than this, those that are no longer limited are forgotten. */
const MAX_KNOWN = 10_000;

/**
 * Lets so many requests a minute pass, with a burst of as many. Each process counts for itself.
 *
 * @param perMinute - 0 lets all pass.
 */
export function createRequestRate(
  perMinute: number,
  now: () => number = () => performance.now(),
): RequestRate {
  const stepMs = MINUTE_MS / perMinute;
  /** When the caller's burst is whole again. */
  const fullAt = new Map<string, number>();

  function forgetIdle(at: number): void {
    for (const [caller, full] of fullAt) if (full <= at) fullAt.delete(caller);
  }

  return {
    take(caller) {
      if (perMinute === 0) return 0;
      const at = now();
      const full = Math.max(fullAt.get(caller) ?? 0, at) + stepMs;
      const overMs = full - at - MINUTE_MS;
      if (overMs > 1e-6) return Math.max(1, Math.ceil(overMs / 1000));
      if (fullAt.size >= MAX_KNOWN) forgetIdle(at);
      fullAt.set(caller, full);
      return 0;
    },
  };
}
