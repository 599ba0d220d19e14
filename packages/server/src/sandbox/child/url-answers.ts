const FIELDS = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;
const SETTABLE = new Set([
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
]);

/**
 * Answers the questions the child can answer itself: an isolate has no `URL`.
 *
 * @returns JSON text of `{ok, value | message}`, or `undefined` for a question to the parent.
 */
export function answerLocally(name: string, argsText: string): string | undefined {
  if (!name.startsWith('url.')) return undefined;
  try {
    const args: unknown = JSON.parse(argsText);
    const texts = Array.isArray(args) ? args : [];
    return JSON.stringify({ ok: true, value: answerUrl(name, texts) });
  } catch (error) {
    return JSON.stringify({
      ok: false,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

function answerUrl(name: string, args: readonly unknown[]): unknown {
  const [first, second, third] = args;
  if (name === 'url.query') return [...new URLSearchParams(String(first))];
  if (name === 'url.format') return new URLSearchParams(pairsOf(first)).toString();
  const url = new URL(
    String(first),
    name === 'url.parse' && second !== undefined ? String(second) : undefined,
  );
  if (name === 'url.set' && SETTABLE.has(String(second)))
    Reflect.set(url, String(second), String(third));
  return Object.fromEntries(FIELDS.map((field) => [field, url[field]]));
}

function pairsOf(value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.map((pair) => (Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ['', '']));
}
