const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  // Postgres: going down, gone, coming up, too many connections, disk full.
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  'SQLITE_FULL',
  'SQLITE_BUSY',
  'SQLITE_IOERR',
]);

/** Whether a query failed because the database is away or full, not because of what was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  const isAway =
    AWAY.has(code) ||
    code.startsWith('SQLITE_IOERR') ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
  return isAway || ('driverError' in error && isDatabaseAway(error.driverError));
}
