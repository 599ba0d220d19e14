import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './index.ts';

test('an empty environment gives the documented defaults', () => {
  expect(readConfig({ MILLRACE_HOME: '/srv/m', MILLRACE_PORT: '' })).toMatchObject({
    home: '/srv/m',
    host: '127.0.0.1',
    port: 5678,
    publicUrl: 'http://127.0.0.1:5678',
    database: { kind: 'sqlite', path: '/srv/m/millrace.sqlite' },
    queue: 'memory',
    concurrency: 10,
    owner: undefined,
    egress: { allow: [], map: [] },
    timezone: 'UTC',
    metrics: true,
  });
});

test.each([
  ['PORT', '99999', 'a whole number from 0 to 65535'],
  ['PORT', '5e3', 'a whole number'],
  ['DATABASE_URL', 'mysql://x', 'sqlite:PATH or postgres://'],
  ['PUBLIC_URL', 'flows.example.com', 'an address such as'],
  ['QUEUE', 'kafka', '"memory" or "bullmq"'],
  ['QUEUE', 'bullmq', 'MILLRACE_REDIS_URL is not set'],
  ['REDIS_URL', 'localhost', 'redis://'],
  ['CONCURRENCY', '0', 'a whole number from 1'],
  ['FILES_ROOT', '/no/such/folder', 'a folder that is there'],
  ['FILES_ROOT', '/', 'does not hold MILLRACE_HOME'],
  ['TIMEZONE', 'Mars/Olympus', 'a time zone'],
  ['LOG_LEVEL', 'loud', '"fatal" or "error"'],
  ['LOG_FORMAT', 'xml', '"pretty" or "json"'],
  ['METRICS', 'yes', '"true" or "false"'],
  ['EGRESS_ALLOW', '10.0.0.0/8, a b', 'hosts or CIDRs'],
  ['EGRESS_MAP', 'a.example', 'pairs such as'],
  ['BINARY', 'gs://files', '"filesystem", or s3://'],
  ['OWNER_EMAIL', 'nobody', 'an e-mail address'],
])('MILLRACE_%s=%s stops with one line', (name, value, accepted) => {
  const variable = `MILLRACE_${name}`;
  const thrown = failure(() => readConfig({ [variable]: value }));
  expect(thrown).toBeInstanceOf(ConfigError);
  expect(thrown?.message).toContain(variable);
  expect(thrown?.message).toContain(JSON.stringify(value));
  expect(thrown?.message).toContain(accepted);
  expect(thrown?.message).not.toContain('\n');
});

test.each([
  ['MILLRACE_ENCRYPTION_KEY', { MILLRACE_ENCRYPTION_KEY: 'hunter2' }],
  [
    'MILLRACE_OWNER_PASSWORD',
    { MILLRACE_OWNER_EMAIL: 'a@b.c', MILLRACE_OWNER_PASSWORD: 'hunter2' },
  ],
])('%s is not repeated in the message', (variable, env) => {
  const thrown = failure(() => readConfig(env));
  expect(thrown?.message).toContain(variable);
  expect(thrown?.message).not.toContain('hunter2');
});

test('reads addresses, lists and pairs', () => {
  expect(
    readConfig({
      MILLRACE_HOST: '0.0.0.0',
      MILLRACE_DATABASE_URL: 'postgres://me@db/flows',
      MILLRACE_REDIS_URL: 'redis://r:6379',
      MILLRACE_QUEUE: 'bullmq',
      MILLRACE_EGRESS_ALLOW: '10.0.0.0/8, Printer.local',
      MILLRACE_EGRESS_MAP: 'api.example.com=http://127.0.0.1:9000/x',
      MILLRACE_TIMEZONE: 'Europe/Berlin',
      MILLRACE_BINARY: 's3://files/mill?region=eu-west-1&endpoint=http://minio:9000',
    }),
  ).toMatchObject({
    publicUrl: 'http://127.0.0.1:5678',
    database: { kind: 'postgres', url: 'postgres://me@db/flows' },
    queue: 'bullmq',
    egress: {
      allow: ['10.0.0.0/8', 'printer.local'],
      map: [{ host: 'api.example.com', target: 'http://127.0.0.1:9000' }],
    },
    timezone: 'Europe/Berlin',
    s3: {
      bucket: 'files',
      prefix: 'mill/',
      region: 'eu-west-1',
      endpoint: 'http://minio:9000',
    },
  });
});

function failure(work: () => unknown): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : undefined;
  }
}
