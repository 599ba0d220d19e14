import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';

/** What this process cannot do its work without. */
export interface Dependencies {
  /** Those that cannot be reached now, with the reason. */
  away(): Promise<ReadonlyMap<string, Error>>;
  /** Looks again and again, so that the log tells when something goes and comes back. */
  watch(): void;
  close(): void;
}

export interface DependenciesOptions {
  /** Each rejects when the thing it stands for cannot be reached. */
  readonly checks: ReadonlyMap<string, () => Promise<unknown>>;
  readonly logger: Logger;
  readonly metrics: Registry;
}

const PATIENCE_MS = 2000;
const LOOK_MS = 5000;

export function createDependencies(options: DependenciesOptions): Dependencies {
  const { checks, logger, metrics } = options;
  const missed = new Set<string>();
  const state: { timer?: NodeJS.Timeout } = {};
  const gauge = new Gauge({
    name: 'millrace_dependency_up',
    help: 'Whether a dependency can be reached (1) or not (0)',
    labelNames: ['dependency'],
    registers: [metrics],
  });

  /** Says so once when it goes, and once when it is back. */
  function note(name: string, error: Error | undefined): void {
    gauge.set({ dependency: name }, error ? 0 : 1);
    if (error && !missed.has(name)) logger.error({ err: error }, `The ${name} cannot be reached`);
    if (!error && missed.has(name)) logger.info(`The ${name} can be reached again`);
    if (error) missed.add(name);
    else missed.delete(name);
  }

  async function away(): Promise<ReadonlyMap<string, Error>> {
    const found = await Promise.all(
      [...checks].map(async ([name, check]) => [name, await failureOf(check)] as const),
    );
    for (const [name, error] of found) note(name, error);
    return new Map(found.flatMap(([name, error]) => (error ? [[name, error] as const] : [])));
  }

  return {
    away,
    watch() {
      state.timer = setInterval(() => void away(), LOOK_MS);
      state.timer.unref();
    },
    close: () => clearInterval(state.timer),
  };
}

/** Silence counts as failure: a connection that is half open answers never. */
async function failureOf(check: () => Promise<unknown>): Promise<Error | undefined> {
  const patience = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => patience.reject(new Error(`No answer within ${PATIENCE_MS} ms`)),
    PATIENCE_MS,
  );
  try {
    await Promise.race([check(), patience.promise]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(timer);
  }
}
