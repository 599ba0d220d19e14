import { connect as openSocket } from 'node:net';
import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';
import type { ConnectionOptions, SslOptions } from 'mysql2/promise';
import { DatabaseConnectionError } from '../sql/connection.error.ts';
import type { SqlConnection, SqlResult } from '../sql/dialect.ts';
import { plainRow } from '../sql/statements.ts';

export interface MySqlOptions {
  readonly connectTimeoutMs?: number;
  /** Whole numbers always come as text; else only those JavaScript cannot hold. */
  readonly largeNumbersAsText?: boolean;
  readonly decimalsAsNumbers?: boolean;
}

const CONNECT_MS = 10_000;

/**
 * A connection to the database of a `mySql` credential, made where egress allows it.
 *
 * @throws {DatabaseConnectionError} when the server is not reached or does not let us in.
 */
export async function openMySql(
  data: JsonObject,
  hosts: HostPort,
  options: MySqlOptions = {},
): Promise<SqlConnection> {
  const host = String(data['host'] ?? 'localhost').trim();
  const { address, port, isStandIn } = await hosts.locate(host, Number(data['port']) || 3306);
  const { createConnection } = await import('mysql2/promise'); // large: loaded by whoever asks it
  const config: ConnectionOptions = {
    host, // named in TLS; the socket goes to the checked address
    port,
    stream: () => openSocket({ host: address, port }),
    user: String(data['user'] ?? ''),
    password: String(data['password'] ?? ''),
    database: String(data['database'] ?? ''),
    connectTimeout: options.connectTimeoutMs ?? (Number(data['connectTimeout']) || CONNECT_MS),
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    bigNumberStrings: options.largeNumbersAsText === true,
    decimalNumbers: options.decimalsAsNumbers === true,
    multipleStatements: true,
    ...(data['ssl'] === true && !isStandIn && { ssl: tlsOf(data) }),
  };
  const connection = await createConnection(config).catch((error: unknown) => {
    throw new DatabaseConnectionError(host, error);
  });
  // Without a listener a socket that breaks between two queries would end the process.
  connection.on('error', () => undefined);

  return {
    async run({ text, values }) {
      // Bound values go to the server apart from the text; a text alone may hold several statements.
      const [rows, fields] =
        values.length > 0
          ? await connection.execute(text, values.map(bound))
          : await connection.query(text);
      return resultOf(rows, fields);
    },
    async columns({ schema, table }) {
      const [rows] = await connection.execute(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? ORDER BY ordinal_position`,
        [schema ?? null, table],
      );
      return new Map(resultOf(rows, []).rows?.map((row) => [String(row.name), String(row.type)]));
    },
    close: () => connection.end(),
  };
}

type Bound = string | number | boolean | Date | null;

const bound = (value: unknown): Bound =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  typeof value === 'string' ||
  value instanceof Date
    ? value
    : value === null || value === undefined
      ? null
      : String(value);

/** Rows of all statements in turn. Where none gives rows, what the last one changed. */
function resultOf(given: unknown, fields: unknown): SqlResult {
  const isSeveral = Array.isArray(fields) && fields.some((each) => !isColumn(each));
  const results: readonly unknown[] = isSeveral && Array.isArray(given) ? given : [given];
  const lists = results.filter((each) => Array.isArray(each));
  const last = results.findLast((each) => !Array.isArray(each));
  return {
    rows: lists.length > 0 ? lists.flatMap((rows) => rows.map(plainRow)) : undefined,
    details: typeof last === 'object' && last ? plainRow(last) : {},
  };
}

const isColumn = (field: unknown) =>
  typeof field === 'object' && field !== null && !Array.isArray(field);

function tlsOf(data: JsonObject): SslOptions {
  const text = (name: string) => String(data[name] ?? '').trim();
  return {
    verifyIdentity: true,
    ...(text('caCertificate') && { ca: text('caCertificate') }),
    ...(text('clientCertificate') && { cert: text('clientCertificate') }),
    ...(text('clientPrivateKey') && { key: text('clientPrivateKey') }),
  };
}
