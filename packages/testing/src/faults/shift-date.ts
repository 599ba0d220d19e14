import { readFileSync } from 'node:fs';

/**
 * Moves what `Date` says in this process by the seconds that stand in a file, read each time. Timers and
 * `performance.now()` stay as they are.
 */
export function shiftDate(file: string): void {
  const trueNow = Date.now;
  const now = () => trueNow() + Math.round(Number(readFileSync(file, 'utf8')) * 1000);
  globalThis.Date = new Proxy(Date, {
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length ? given : [now()], newTarget),
  });
}
