type Headers = Readonly<Record<string, string>>;

/**
 * Lets pages of the allowed origins read the answer.
 *
 * @param allowed - The node's list, parted by commas; `*` lets all. A page of another origin is told
 *   the first of the list, which its browser then compares and refuses.
 */
export function crossOriginHeaders(origin: string | undefined, allowed: unknown): Headers {
  if (origin === undefined || allowed === undefined || allowed === '') return {};
  const origins = String(allowed)
    .split(',')
    .map((each) => each.trim());
  if (origins.includes('*') || origins.includes(origin))
    return { 'access-control-allow-origin': origin, vary: 'origin' };
  return { 'access-control-allow-origin': origins[0] ?? 'null', vary: 'origin' };
}

/** What a browser is told before it sends a request of another origin. */
export function preflightHeaders(asked: {
  readonly origin: string | undefined;
  readonly allowed: unknown;
  readonly methods: readonly string[];
  readonly wantedHeaders: string | undefined;
}): Headers {
  return {
    ...crossOriginHeaders(asked.origin ?? '*', asked.allowed ?? '*'),
    'access-control-allow-methods': ['OPTIONS', ...asked.methods].join(', '),
    'access-control-max-age': '300',
    ...(asked.wantedHeaders !== undefined && {
      'access-control-allow-headers': asked.wantedHeaders,
    }),
  };
}
