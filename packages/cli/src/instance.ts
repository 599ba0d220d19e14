import { createApp, createLogger, readConfig, SYSTEM, type App } from '@millrace/server';
import { packages } from './packages.ts';

/** This instance without its HTTP side, for commands that read or change what is stored. */
export interface Instance {
  readonly services: App['services'];
  /** The command line acts as the instance itself. */
  readonly caller: typeof SYSTEM;
  close(): Promise<void>;
}

/** Opens the instance the environment names. @throws {ConfigError} on a wrong variable. */
export async function openInstance(): Promise<Instance> {
  const config = readConfig(process.env);
  const logger = createLogger({ ...config.log, level: 'warn' });
  const app = await createApp(config, { packages, logger });
  return { services: app.services, caller: SYSTEM, close: () => app.close() };
}

/** Opens the instance for one piece of work and closes it, whatever happens. */
export async function withInstance<T>(work: (instance: Instance) => Promise<T>): Promise<T> {
  const instance = await openInstance();
  try {
    return await work(instance);
  } finally {
    await instance.close();
  }
}
