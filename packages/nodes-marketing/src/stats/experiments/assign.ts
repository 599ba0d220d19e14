const BUCKETS = 10_000;

/**
 * Which arm a person belongs to: the same one at every visit, on every machine.
 *
 * @param salt - Of the experiment, so that two experiments do not share their halves.
 * @param unit - Id of the person.
 * @param shares - Of the arms, any positive scale.
 * @returns The arm's index.
 * @see marketing.md A27: hash = fnv1a32(fnv1a32(salt + unit) + "") mod 10,000
 */
export function assignArm(salt: string, unit: string, shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const place = bucketOf(salt, unit) * whole;
  let reached = 0;
  const arm = shares.findIndex((share) => {
    reached += share;
    return place < reached;
  });
  return arm === -1 ? shares.length - 1 : arm;
}

/** A place in [0, 1) that depends on salt and unit only. */
export const bucketOf = (salt: string, unit: string): number =>
  (fnv1a(String(fnv1a(salt + unit))) % BUCKETS) / BUCKETS;

/** FNV-1a of 32 bits over the UTF-8 bytes. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
