import type { Agent, request } from 'undici';
import type { AddressGuard } from './address-guard.ts';
import type { Lookup } from './egress.ts';

/** The HTTP client with its connections, by how the far end is checked. */
export interface Pools {
  readonly send: typeof request;
  /** Checks addresses and certificates. */
  readonly strict: Agent;
  /** Checks addresses only. */
  readonly lax: Agent;
  /** For what stands in for a service. */
  readonly direct: Agent;
  close(): Promise<void>;
}

/** Opened with the first request: the client is large, and not every instance calls out. */
export async function openPools(guard: AddressGuard, lookup: Lookup): Promise<Pools> {
  const { Agent, request: send } = await import('undici');
  const checked = (rejectUnauthorized: boolean) =>
    new Agent({
      keepAliveTimeout: 4_000,
      connect: {
        rejectUnauthorized,
        autoSelectFamily: true,
        lookup(host, options, done) {
          resolveChecked(host, guard, lookup).then(
            (addresses) => {
              const [first] = addresses;
              if (options.all) done(null, [...addresses]);
              else done(null, first?.address ?? '', first?.family ?? 4);
            },
            (error: Error) => done(error, []),
          );
        },
      },
    });
  const strict = checked(true);
  const lax = checked(false);
  const direct = new Agent();
  return {
    send,
    strict,
    lax,
    direct,
    async close() {
      await Promise.all([strict.destroy(), lax.destroy(), direct.destroy()]);
    },
  };
}

/** All addresses of a host, each of which has passed the guard. */
export async function resolveChecked(host: string, guard: AddressGuard, lookup: Lookup) {
  const addresses = await lookup(host);
  for (const { address } of addresses) guard.check(host, address);
  return addresses;
}
