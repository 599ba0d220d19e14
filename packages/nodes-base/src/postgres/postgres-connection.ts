import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';
import type { ClientConfig, QueryResult } from 'pg';
import { DatabaseConnectionError } from '../sql/connection.error.ts';
import type { SqlConnection, SqlResult } from '../sql/dialect.ts';
import { plainRow } from '../sql/statements.ts';

export interface PostgresOptions {
  readonly connectTimeoutMs?: number;
  /** Whole and exact numbers beyond JavaScript's come as numbers all the same, not as text. */
  readonly largeNumbersAsNumbers?: boolean;
}

const CONNECT_MS = 30_000;

/**
 * A connection to the database of a `postgres` credential, made where egress allows it.
 *
 * @throws {DatabaseConnectionError} when the server is not reached or does not let us in.
 */
export async function openPostgres(
  data: JsonObject,
  hosts: HostPort,
  options: PostgresOptions = {},
): Promise<SqlConnection> {
  const host = String(data['host'] ?? 'localhost').trim();
  const { address, port, isStandIn } = await hosts.locate(host, Number(data['port']) || 5432);
  const { default: pg } = await import('pg'); // large: loaded by whoever asks a database
  const tls = { servername: host, rejectUnauthorized: data['allowUnauthorizedCerts'] !== true };
  const sslMode = isStandIn ? 'disable' : String(data['ssl'] ?? 'disable');
  const config: ClientConfig = {
    host: address,
    port,
    user: String(data['user'] ?? ''),
    password: String(data['password'] ?? ''),
    database: String(data['database'] ?? ''),
    application_name: 'millrace',
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_MS,
    types: { getTypeParser: parsers(pg.types, options) },
  };

  async function connect(ssl: ClientConfig['ssl']) {
    const client = new pg.Client({ ...config, ssl });
    // Without a listener a socket that breaks between two queries would end the process.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** `allow`: plain if the server takes it, else encrypted. */
  async function connectAsAsked() {
    if (sslMode === 'disable') return connect(false);
    if (sslMode !== 'allow') return connect(tls);
    return connect(false).catch(() => connect(tls));
  }

  const client = await connectAsAsked().catch((error: unknown) => {
    throw new DatabaseConnectionError(host, error);
  });
  return {
    async run({ text, values }) {
      // Several statements in one text are possible only without values.
      const results = await (values.length > 0
        ? client.query(text, [...values])
        : client.query(text));
      return resultOf(results);
    },
    async columns({ schema = 'public', table }) {
      const { rows } = await client.query<{ column_name: string; data_type: string }>(
        `SELECT column_name, data_type FROM information_schema.columns
         WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`,
        [schema, table],
      );
      return new Map(rows.map((row) => [row.column_name, row.data_type]));
    },
    close: () => client.end(),
  };
}

function resultOf(given: QueryResult | readonly QueryResult[]): SqlResult {
  const results = [given].flat();
  const withRows = results.filter(({ fields }) => fields.length > 0);
  const rowCount = results.reduce((sum, each) => sum + (each.rowCount ?? 0), 0);
  return {
    rows: withRows.length > 0 ? withRows.flatMap(({ rows }) => rows.map(plainRow)) : undefined,
    details: { rowCount },
  };
}

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
const TIMESTAMP = 1114;

/** Days stay days and a time without a zone is taken as UTC: neither may depend on the server's own zone. */
function parsers(
  standard: typeof import('pg').types,
  { largeNumbersAsNumbers = false }: PostgresOptions,
): NonNullable<ClientConfig['types']>['getTypeParser'] {
  return (oid, format) => {
    if (format !== 'binary') {
      if (oid === DATE) return String;
      if (oid === TIMESTAMP) return utcInstant;
      if (oid === INT8 || oid === NUMERIC) return largeNumbersAsNumbers ? Number : String;
    }
    return standard.getTypeParser(oid, format);
  };
}

function utcInstant(text: string): string {
  const instant = new Date(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString(); // "infinity"
}
