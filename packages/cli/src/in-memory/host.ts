import { readConfig } from '@millrace/server';
import { createMemoryStorage } from '@millrace/server/packages';
import { createCodePool } from '@millrace/server/sandbox';
import { createCredentialTypes, createEgress } from '@millrace/server/egress';
import { createRegistry, type NodeLogger } from '@millrace/workflow/node-api';
import { packages } from '../packages.ts';
import type { InMemoryHost } from './execute-workflow.ts';
import { createMemoryBinary } from './memory-binary.ts';

/** Everything `execute` needs of the outside world. Close it to end the sandbox's children. */
export async function openHost(
  env: NodeJS.ProcessEnv,
): Promise<InMemoryHost & { close(): Promise<void> }> {
  const { egress } = readConfig(env);
  const code = createCodePool({ size: 1, memoryMb: 128, graceMs: 1000, logger });
  const http = createEgress({
    allow: egress.allow,
    map: new Map(egress.map.map(({ host, target }) => [host, target])),
    limits: { timeoutMs: 300_000, maxResponseBytes: 64 * 1024 * 1024, maxRedirects: 21 },
  });

  return {
    nodes: createRegistry(packages.flatMap(({ nodes }) => nodes)),
    code,
    http,
    types: createCredentialTypes(packages.flatMap(({ credentials = [] }) => credentials)),
    binary: createMemoryBinary(),
    logger,
    openStorage: () => createMemoryStorage(packages),
    async close() {
      await Promise.all([code.close(), http.close()]);
    },
  };
}

const say = (message: string, details?: object) =>
  console.error(details ? `${message} ${JSON.stringify(details)}` : message);

const logger: NodeLogger = { debug: () => undefined, info: say, warn: say, error: say };
