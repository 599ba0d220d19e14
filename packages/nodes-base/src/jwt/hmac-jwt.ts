import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '@millrace/workflow/items';

const HASHES: Readonly<Record<string, string>> = {
  HS256: 'sha256',
  HS384: 'sha384',
  HS512: 'sha512',
};

/** A signed token. @throws {RangeError} for algorithms other than HS256, HS384 and HS512. */
export function signHmacJwt(payload: JsonObject, secret: string, algorithm = 'HS256'): string {
  const head = [{ alg: algorithm, typ: 'JWT' }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signed = head.join('.');
  return `${signed}.${signature(signed, secret, algorithm).toString('base64url')}`;
}

/**
 * The payload of a token signed with `secret` and `algorithm`, `undefined` if it is not, or has run out.
 *
 * @param nowMs - Current time, ms since the epoch.
 */
export function verifyHmacJwt(
  token: string,
  { secret, algorithm, nowMs }: { secret: string; algorithm: string; nowMs: number },
): JsonObject | undefined {
  const [header, payload, given] = token.split('.');
  if (!header || !payload || !given || decode(header)?.alg !== algorithm) return undefined;
  const expected = signature(`${header}.${payload}`, secret, algorithm);
  const actual = Buffer.from(given, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  const claims = decode(payload);
  const isEarly = typeof claims?.nbf === 'number' && claims.nbf * 1000 > nowMs;
  const isLate = typeof claims?.exp === 'number' && claims.exp * 1000 <= nowMs;
  return isEarly || isLate ? undefined : claims;
}

function signature(text: string, secret: string, algorithm: string): Buffer {
  const hash = HASHES[algorithm];
  if (!hash) throw new RangeError(`JWT algorithm "${algorithm}" is not supported`);
  return createHmac(hash, secret).update(text).digest();
}

function decode(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}
