/** Asks the process in this container whether it and what it depends on are ready. Exit code 0 or 1. */
const port = process.env.MILLRACE_PORT ?? '5678';
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
  signal: AbortSignal.timeout(4000),
}).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
