import ipaddr from 'ipaddr.js';

import { EgressError } from './egress.error.ts';

export interface AddressGuard {
  /**
   * Passes addresses on the public internet and those the operator allowed.
   *
   * @param host - Name or address as the URL has it.
   * @param address - What it resolved to, in any notation of IPv4 or IPv6.
   * @throws {EgressError} naming the host and the setting that would allow it.
   */
  check(host: string, address: string): void;
}

type Address = ReturnType<typeof ipaddr.parse>;

/**
 * Refuses what a request from inside must not reach: private, loopback, link-local (cloud metadata),
 * carrier-grade NAT, reserved, and all of these inside IPv6.
 *
 * @param allow - Host names, addresses or CIDR ranges, such as `db.internal`, `10.1.2.3`, `10.0.0.0/8`.
 */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const hosts = new Set<string>();
  const ranges: [Address, number][] = [];
  for (const entry of allow.map((text) => text.trim().toLowerCase()).filter(Boolean)) {
    if (entry.includes('/') && ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else hosts.add(entry.replace(/^\[|\]$/g, ''));
  }

  return {
    check(host, text) {
      const address = ipaddr.isValid(text) ? innermost(ipaddr.process(text)) : undefined;
      const name = host.toLowerCase().replace(/^\[|\]$/g, '');
      if (hosts.has(name) || hosts.has(text) || (address && hosts.has(address.toString()))) return;
      if (address && ranges.some((range) => isWithin(address, range))) return;
      if (address && address.range() === 'unicast') return;
      const kind = address?.range() ?? 'unknown';
      throw new EgressError(
        `Requests to "${host}" are refused: ${text} is not a public address (${kind})`,
        { reason: 'ERR_ADDRESS_REFUSED', host },
        { fix: `If nodes may reach it, add "${name}" to MILLRACE_EGRESS_ALLOW` },
      );
    },
  };
}

/** The IPv4 address a transition form carries (NAT64, 6to4), because that is where packets end up. */
function innermost(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  const bytes = address.toByteArray();
  if (address.range() === 'rfc6052') return ipaddr.fromByteArray(bytes.slice(12));
  if (address.range() === '6to4') return ipaddr.fromByteArray(bytes.slice(2, 6));
  return address;
}

function isWithin(address: Address, [range, bits]: [Address, number]): boolean {
  return address.kind() === range.kind() && address.match(range, bits);
}
