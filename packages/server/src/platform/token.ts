import { createHash, randomBytes } from 'node:crypto';

/** A secret nobody can guess: 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What of a token is stored. It has enough entropy to need no salt. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex');
