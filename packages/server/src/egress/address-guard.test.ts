import { expect, test } from 'vitest';

import { createAddressGuard } from './address-guard.ts';

test.each([
  ['loopback', '127.0.0.1'],
  ['loopback elsewhere', '127.9.9.9'],
  ['private', '10.0.0.1'],
  ['private', '192.168.1.1'],
  ['private', '172.16.0.1'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['cloud metadata', '169.254.169.254'],
  ['this host', '0.0.0.0'],
  ['broadcast', '255.255.255.255'],
  ['multicast', '224.0.0.1'],
  ['IPv6 loopback', '::1'],
  ['IPv6 unspecified', '::'],
  ['IPv6 link-local', 'fe80::1'],
  ['IPv6 unique local', 'fd00::1'],
  ['IPv4 inside IPv6', '::ffff:127.0.0.1'],
  ['IPv4 inside IPv6, in hex', '::ffff:7f00:1'],
  ['NAT64 of a private address', '64:ff9b::a00:1'],
  ['6to4 of a private address', '2002:7f00:1::'],
  ['no address at all', 'nonsense'],
])('refuses %s: %s', (_, address) => {
  expect(() => createAddressGuard([]).check('host.test', address)).toThrow(/not a public address/);
});

test.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'])(
  'lets %s pass',
  (address) => {
    expect(() => createAddressGuard([]).check('host.test', address)).not.toThrow();
  },
);

test.each([
  ['a host', 'db.internal', 'db.internal', '10.0.0.5'],
  ['a host in other letters', 'DB.internal', 'db.INTERNAL', '10.0.0.5'],
  ['an address', '10.0.0.5', 'x.test', '10.0.0.5'],
  ['a range', '10.0.0.0/8', 'x.test', '10.200.0.5'],
  ['a range for the mapped form', '127.0.0.0/8', 'x.test', '::ffff:127.0.0.1'],
  ['an IPv6 range', 'fd00::/8', 'x.test', 'fd00::5'],
])('allows what the operator named as %s', (_, allowed, host, address) => {
  const guard = createAddressGuard([allowed]);
  expect(() => guard.check(host, address)).not.toThrow();
  expect(() => guard.check('other.test', '192.168.0.1')).toThrow(/MILLRACE|refused/);
});

test('names the host and the setting that would allow it', () => {
  expect(() => createAddressGuard([]).check('intranet', '10.0.0.1')).toThrow(
    expect.objectContaining({
      code: 'NODE_SERVICE_FAILED',
      fix: expect.stringContaining('MILLRACE_EGRESS_ALLOW'),
    }),
  );
});
