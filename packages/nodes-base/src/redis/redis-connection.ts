import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';
import type { Redis } from 'ioredis';
import { DatabaseConnectionError } from '../sql/connection.error.ts';

const CONNECT_MS = 10_000;

/**
 * A connection to the server of a `redis` credential, made where egress allows it. It does not come
 * back by itself: whoever holds it says what a loss means.
 *
 * @throws {DatabaseConnectionError} when the server is not reached or does not let us in.
 */
export async function openRedis(data: JsonObject, hosts: HostPort): Promise<Redis> {
  const host = String(data['host'] ?? 'localhost').trim();
  const { address, port, isStandIn } = await hosts.locate(host, Number(data['port']) || 6379);
  const ioredis = await import('ioredis'); // large: loaded by whoever asks it
  const user = String(data['user'] ?? '');
  const password = String(data['password'] ?? '');
  const rejectUnauthorized = data['disableTlsVerification'] !== true;
  const client = new ioredis.Redis({
    host: address,
    port,
    db: Number(data['database']) || 0,
    ...(user && { username: user }),
    ...(password && { password }),
    ...(data['ssl'] === true && !isStandIn && { tls: { servername: host, rejectUnauthorized } }),
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: () => null,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  const state: { lastError?: Error } = {};
  // The reason for a lost connection comes as an event, and the rejection says only that it is lost.
  client.on('error', (error) => (state.lastError = error));
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    throw new DatabaseConnectionError(host, state.lastError ?? error);
  }
}
