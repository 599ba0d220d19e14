import { describeParams, p, type CredentialType } from '@millrace/workflow/node-api';
import { openMySql } from '../my-sql/my-sql-connection.ts';
import { openPostgres } from '../postgres/postgres-connection.ts';
import { openRedis } from '../redis/redis-connection.ts';

const pem = (label: string) =>
  p.string({ label, password: true, typeOptions: { rows: 4 }, when: { ssl: [true] } });

/** Databases; names and fields are n8n's. */
export const databaseTypes: readonly CredentialType[] = [
  {
    name: 'postgres',
    displayName: 'Postgres',
    properties: describeParams({
      host: p.string({ label: 'Host', default: 'localhost', required: true }),
      database: p.string({ label: 'Database', default: 'postgres' }),
      user: p.string({ label: 'User', default: 'postgres' }),
      password: p.string({ label: 'Password', password: true }),
      allowUnauthorizedCerts: p.boolean({ label: 'Accept any certificate', default: false }),
      ssl: p.options({
        label: 'SSL',
        default: 'disable',
        choices: [
          { value: 'allow', label: 'Allow' },
          { value: 'disable', label: 'Disable' },
          { value: 'require', label: 'Require' },
        ],
      }),
      port: p.number({ label: 'Port', default: 5432 }),
    }),
    async check(data, { hosts }) {
      await (await openPostgres(data, hosts)).close();
    },
  },
  {
    name: 'mySql',
    displayName: 'MySQL',
    properties: describeParams({
      host: p.string({ label: 'Host', default: 'localhost', required: true }),
      database: p.string({ label: 'Database', default: 'mysql' }),
      user: p.string({ label: 'User', default: 'mysql' }),
      password: p.string({ label: 'Password', password: true }),
      port: p.number({ label: 'Port', default: 3306 }),
      connectTimeout: p.number({ label: 'Connect timeout (ms)', default: 10_000 }),
      ssl: p.boolean({ label: 'SSL', default: false }),
      caCertificate: pem('CA certificate'),
      clientPrivateKey: pem('Client private key'),
      clientCertificate: pem('Client certificate'),
    }),
    async check(data, { hosts }) {
      await (await openMySql(data, hosts)).close();
    },
  },
  {
    name: 'redis',
    displayName: 'Redis',
    properties: describeParams({
      password: p.string({ label: 'Password', password: true }),
      user: p.string({ label: 'User', hint: 'Leave empty for servers without users' }),
      host: p.string({ label: 'Host', default: 'localhost', required: true }),
      port: p.number({ label: 'Port', default: 6379 }),
      database: p.number({ label: 'Database number', default: 0 }),
      ssl: p.boolean({ label: 'SSL', default: false }),
      disableTlsVerification: p.boolean({
        label: 'Accept any certificate',
        default: false,
        when: { ssl: [true] },
      }),
    }),
    async check(data, { hosts }) {
      (await openRedis(data, hosts)).disconnect();
    },
  },
];
