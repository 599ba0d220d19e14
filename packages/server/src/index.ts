export { createApp, type App, type AppOptions } from './app.ts';
export { ConfigError, readConfig, type Config, type Environment } from './config/index.ts';
export { createLogger, SYSTEM, type Caller } from './platform/index.ts';
export { rotateKey } from './features/instance-key/index.ts';
export { createSchemaService } from './features/schema/index.ts';
export { main, webhook, worker, type Role } from './roles/index.ts';
export type { Services } from './services.ts';
