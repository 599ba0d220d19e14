import { getDomain } from 'tldts';

/**
 * The part of an address that somebody registered: `https://blog.example.co.uk/x` → `example.co.uk`
 * (Public Suffix List). Two sites with the same one belong together.
 *
 * @param address - URL or host name.
 * @returns `undefined` for an IP address or text that is no address.
 */
export const registrableDomain = (address: string): string | undefined =>
  getDomain(address.trim().toLowerCase()) ?? undefined;
