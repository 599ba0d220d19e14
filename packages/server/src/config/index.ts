export type { Config, EgressMapping, LogLevel } from './config.ts';
export { ConfigError } from './config.error.ts';
export { readConfig, type Environment } from './read-config.ts';
