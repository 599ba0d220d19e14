import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { NodePackage } from '@millrace/workflow/node-api';
import type { Config } from './config/index.ts';
import { alone } from './db/alone.ts';
import { seedSample } from './features/workflows/index.ts';
import { buildHttpServer } from './http-server.ts';
import { createLogger } from './platform/index.ts';
import { main, type Role } from './roles/index.ts';
import type { ReachPoint } from './runtime/index.ts';
import { createServices, type Services } from './services.ts';

export interface AppOptions {
  /** The nodes this instance knows. None is fine. */
  readonly packages: readonly NodePackage[];
  readonly logger?: Logger;
  readonly version?: string;
  /** Folder of the built editor; by default the workspace's own. */
  readonly editorFolder?: string;
  /** Which part of the instance this process is; by default all of it. */
  readonly role?: Role;
  /** For fault tests. */
  readonly reach?: ReachPoint;
}

/** A whole instance, not yet listening. */
export interface App {
  readonly services: Services;
  /** For `inject` in tests. */
  readonly http: FastifyInstance;
  listen(): Promise<{ url: string }>;
  /** Stops taking requests, lets what is under way end, closes the database. */
  close(): Promise<void>;
}

const EDITOR_FOLDER = fileURLToPath(new URL('../../editor-ui/dist', import.meta.url));

/** Builds every service once, in order, and hands them on. */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { packages, version = '0.1.0', editorFolder = EDITOR_FOLDER, role = main } = options;
  const logger = options.logger ?? createLogger(config.log);
  const services = await createServices(config, packages, {
    logger,
    role: role.name,
    reach: options.reach,
  });

  if (role.seeds) await alone(services.db.source, () => seed(config, services));

  const http = await buildHttpServer({
    config,
    services,
    logger,
    version,
    serves: role.serves,
    editorFolder: existsSync(editorFolder) ? editorFolder : undefined,
  });

  return {
    services,
    http,
    async listen() {
      await services.runtime.start();
      // From here on this process counts as running, so the key no longer changes under it.
      await services.instanceKey.confirm();
      services.dependencies.watch();
      if (role.fires) {
        services.scheduler.start();
        services.poller.start();
        services.listeners.start();
        services.retention.start();
      }
      if (role.fires) await services.packageServices.start();
      const url = await http.listen({ host: config.host, port: config.port });
      logger.info(`Millrace ${version} (${role.name}) listens on ${url}`);
      return { url };
    },
    async close() {
      await http.close();
      await services.close();
    },
  };
}

/** The first start's owner and sample. */
async function seed({ owner }: Config, services: Services): Promise<void> {
  if (owner && (await services.auth.needsOwner())) await services.auth.createOwner(owner);
  await seedSample(services);
}
