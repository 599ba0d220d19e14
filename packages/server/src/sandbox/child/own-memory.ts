/**
 * Ends this process when it outgrows its limit. `SIGKILL`, because a process that spins in V8 never
 * gets to leave by itself; the isolate's own limit is no boundary (it does not see every allocation).
 */
export function watchOwnMemory(limitMb: number, warn: () => void): void {
  setInterval(() => {
    if (process.memoryUsage.rss() < limitMb * 1024 * 1024) return;
    warn();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5);
  }, 10);
}
