/**
 * How long a server asks us to wait.
 *
 * @param header - `Retry-After`: seconds (`"120"`) or an HTTP date (`"Wed, 21 Oct 2026 07:28:00 GMT"`).
 * @param now - Current time, ms since the epoch. Passed in so that tests own the clock.
 * @returns Milliseconds, 0 or more; `undefined` if the header is absent or says neither. Never throws:
 *   a bad header is the service's fault and must not fail the run.
 *
 * @see RFC 9110 §10.2.3
 */
export function retryAfter(header: string, now: number): number | undefined {
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = text.endsWith('GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
