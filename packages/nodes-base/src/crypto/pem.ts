/**
 * A PEM key as OpenSSL reads it: pasted keys often come on one line, or with `\n` written out.
 */
export function pem(text: string): string {
  const unescaped = text.replaceAll('\\n', '\n').trim();
  const [, label, body] =
    /^-----BEGIN ([A-Z ]+)-----([\s\S]+)-----END \1-----$/.exec(unescaped) ?? [];
  if (!label || !body || body.includes(':')) return unescaped; // with headers, lines matter
  const lines = body.replaceAll(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
