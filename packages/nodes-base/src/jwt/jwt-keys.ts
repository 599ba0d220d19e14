import type { JsonObject } from '@millrace/workflow/items';
import type { Algorithm } from 'jsonwebtoken';
import { pem } from '../crypto/pem.ts';

export const ALGORITHMS: readonly Algorithm[] = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
];

/** What a JWT Auth credential signs and checks with; `undefined` for an unknown algorithm. */
export function jwtKeys(held: JsonObject, chosen: unknown = held['algorithm'] || 'HS256') {
  const algorithm = ALGORITHMS.find((name) => name === chosen);
  if (!algorithm) return undefined;
  if (held['keyType'] !== 'pemKey') {
    const secret = String(held['secret'] ?? '');
    return { algorithm, signingKey: secret, checkingKey: secret };
  }
  return {
    algorithm,
    signingKey: pem(String(held['privateKey'] ?? '')),
    checkingKey: pem(String(held['publicKey'] ?? '')),
  };
}
