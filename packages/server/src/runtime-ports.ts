import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { JsonObject } from '@millrace/workflow/items';
import type { NodeLogger } from '@millrace/workflow/node-api';
import type { CodePort } from '@millrace/workflow/ports';
import type { Config } from './config/index.ts';
import { VariableEntity, type Database } from './db/index.ts';
import { createEgress, type Egress } from './egress/index.ts';
import { loadRedisTransport, type Transport } from './runtime/index.ts';

/** The process's log in the shape nodes and runtime know. */
export const toNodeLogger = (logger: Logger): NodeLogger => ({
  debug: (message, details = {}) => logger.debug(details, message),
  info: (message, details = {}) => logger.info(details, message),
  warn: (message, details = {}) => logger.warn(details, message),
  error: (message, details = {}) => logger.error(details, message),
});

/** The nodes' HTTP client, as the configuration limits it. */
export const openEgress = ({ egress }: Config): Egress =>
  createEgress({
    allow: egress.allow,
    map: new Map(egress.map.map(({ host, target }) => [host, target])),
    limits: { timeoutMs: 300_000, maxResponseBytes: 256 * 1024 * 1024, maxRedirects: 20 },
  });

export interface LazyCode extends CodePort {
  close(): Promise<void>;
}

/** The code pool, started when the first code node runs: an idle instance has no children. */
export function openCode(logger: NodeLogger): LazyCode {
  const opened: ReturnType<typeof open>[] = [];
  const open = async () => {
    const { createCodePool } = await import('./sandbox/index.ts');
    const size = Math.max(1, Math.min(4, availableParallelism()));
    return createCodePool({ size, memoryMb: 128, graceMs: 1000, logger });
  };
  const pool = () => {
    const [known] = opened;
    const made = known ?? open();
    if (!known) opened.push(made);
    return made;
  };

  return {
    run: async (request) => (await pool()).run(request),
    close: async () => {
      for (const each of opened) await (await each).close();
    },
  };
}

/** What joins this process with others; nothing for a process on its own. */
export async function openTransport(config: Config): Promise<Transport | undefined> {
  if (config.queue !== 'bullmq' || config.redisUrl === undefined) return undefined;
  return loadRedisTransport({ url: config.redisUrl, prefix: config.queuePrefix });
}

/** `$vars`. */
export async function readVars(db: Database): Promise<JsonObject> {
  const rows = await db.source.getRepository(VariableEntity).find();
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}
