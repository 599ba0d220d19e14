import { createHash, randomBytes } from 'node:crypto';

export interface DigestCall {
  readonly method: string;
  /** Path and query, as sent. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/**
 * The `Authorization` header that answers a digest challenge.
 *
 * @param challenge - `WWW-Authenticate`, such as `Digest realm="x", nonce="…", qop="auth"`.
 * @returns `undefined` when the challenge is no digest or asks for something else than MD5 or SHA-256.
 * @see RFC 7616
 */
export function digestHeader(
  challenge: string,
  { method, uri, user, password }: DigestCall,
): string | undefined {
  if (!/^digest\s/i.test(challenge)) return undefined;
  const fields = new Map(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, bare]) => [
      name.toLowerCase(),
      quoted ?? bare ?? '',
    ]),
  );
  const algorithm = fields.get('algorithm') ?? 'MD5';
  const hashName = new Map([
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
  ]).get(algorithm.toUpperCase());
  const nonce = fields.get('nonce');
  if (!hashName || nonce === undefined) return undefined;

  const hash = (text: string) => createHash(hashName).update(text).digest('hex');
  const realm = fields.get('realm') ?? '';
  const usesQop = fields
    .get('qop')
    ?.split(/\s*,\s*/)
    .includes('auth');
  const cnonce = randomBytes(8).toString('hex');
  const secret = hash(`${user}:${realm}:${password}`);
  const target = hash(`${method}:${uri}`);
  const response = usesQop
    ? hash(`${secret}:${nonce}:00000001:${cnonce}:auth:${target}`)
    : hash(`${secret}:${nonce}:${target}`);
  const opaque = fields.get('opaque');
  return (
    `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, response="${response}"` +
    (usesQop ? `, qop=auth, nc=00000001, cnonce="${cnonce}"` : '') +
    (opaque === undefined ? '' : `, opaque="${opaque}"`)
  );
}
