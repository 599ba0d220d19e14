import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import { LOG_LEVELS } from './config.ts';
import { ConfigError } from './config.error.ts';
import {
  binaryStore,
  database,
  egressMap,
  folderWithout,
  hostList,
  httpUrl,
  oneOf,
  timezone,
  whole,
} from './values.ts';

/** Variables as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration. An empty variable counts as absent.
 *
 * @throws {ConfigError} naming the variable, its value and what is accepted.
 */
export function readConfig(env: Environment): Config {
  const get = (name: string) => env[`MILLRACE_${name}`]?.trim() || undefined;
  const read = <T>(name: string, parse: (value: string, variable: string) => T, fallback: T): T => {
    const value = get(name);
    return value === undefined ? fallback : parse(value, `MILLRACE_${name}`);
  };

  const home = resolve(get('HOME') ?? join(homedir(), '.millrace'));
  const host = get('HOST') ?? '127.0.0.1';
  const port = read('PORT', whole(0, 65_535), 5678);
  const location = read('DATABASE_URL', database, {
    kind: 'sqlite',
    path: join(home, 'millrace.sqlite'),
  });
  const redisUrl = read<string | undefined>('REDIS_URL', redis, undefined);

  return {
    home,
    host,
    port,
    publicUrl: read('PUBLIC_URL', httpUrl, `http://${reachable(host)}:${port}`),
    database: location,
    s3: read('BINARY', binaryStore, undefined),
    redisUrl,
    queue: queueKind(read('QUEUE', oneOf(['memory', 'bullmq']), 'memory'), {
      redisUrl,
      isShared: location.kind === 'postgres',
    }),
    queuePrefix: get('QUEUE_PREFIX') ?? 'millrace',
    concurrency: read('CONCURRENCY', whole(1, 1000), 10),
    leaseSeconds: read('LEASE_SECONDS', whole(1, 3600), 30),
    maxRestarts: read('MAX_RESTARTS', whole(0, 100), 3),
    shutdownSeconds: read('SHUTDOWN_SECONDS', whole(0, 3600), 10),
    queueLimit: read('QUEUE_LIMIT', whole(1, 10_000_000), 100_000),
    apiRatePerMinute: read('API_RATE', whole(0, 1_000_000), 1200),
    encryptionKey: read<string | undefined>('ENCRYPTION_KEY', longEnough, undefined),
    owner: owner(get('OWNER_EMAIL'), get('OWNER_PASSWORD')),
    egress: {
      allow: read('EGRESS_ALLOW', hostList, []),
      map: read('EGRESS_MAP', egressMap, []),
    },
    filesRoot: read<string | undefined>('FILES_ROOT', folderWithout(home), undefined),
    timezone: read('TIMEZONE', timezone, 'UTC'),
    log: {
      level: read('LOG_LEVEL', oneOf(LOG_LEVELS), 'info'),
      format: read(
        'LOG_FORMAT',
        oneOf(['pretty', 'json']),
        process.stderr.isTTY ? 'pretty' : 'json',
      ),
    },
    metrics: read('METRICS', oneOf(['true', 'false']), 'true') === 'true',
  };
}

/** An address a browser on this machine can open, for a host we listen on. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Several processes need a queue and a database they can share. */
function queueKind(
  kind: Config['queue'],
  { redisUrl, isShared }: { redisUrl: string | undefined; isShared: boolean },
): Config['queue'] {
  if (kind === 'bullmq' && !redisUrl)
    throw new ConfigError(
      'MILLRACE_QUEUE',
      kind,
      '"memory" as long as MILLRACE_REDIS_URL is not set',
    );
  if (kind === 'bullmq' && !isShared)
    throw new ConfigError(
      'MILLRACE_QUEUE',
      kind,
      '"memory" as long as MILLRACE_DATABASE_URL is not a postgres:// one',
    );
  return kind;
}

function redis(value: string, variable: string): string {
  if (!/^rediss?:\/\/./.test(value))
    throw new ConfigError(variable, value, 'redis://… or rediss://…');
  return value;
}

function longEnough(value: string, variable: string): string {
  if (value.length < 16) throw new ConfigError(variable, '(hidden)', 'at least 16 characters long');
  return value;
}

function owner(email: string | undefined, password: string | undefined): Config['owner'] {
  if (email === undefined && password === undefined) return undefined;
  if (email === undefined || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw new ConfigError('MILLRACE_OWNER_EMAIL', email ?? '', 'an e-mail address');
  if (password === undefined || password.length < 8)
    throw new ConfigError('MILLRACE_OWNER_PASSWORD', '(hidden)', 'at least 8 characters long');
  return { email, password };
}
