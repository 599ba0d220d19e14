import type { FastifyReply, FastifyRequest } from 'fastify';

/** Lets pages of the allowed origins read the answer; `*` lets all. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, allowed: unknown): void {
  const { origin } = request.headers;
  if (origin === undefined || allowed === undefined || allowed === '') return;
  const origins = String(allowed)
    .split(',')
    .map((each) => each.trim());
  if (origins.includes('*') || origins.includes(origin)) {
    reply.header('access-control-allow-origin', origin);
    reply.header('vary', 'origin');
    return;
  }
  const [first] = origins;
  if (first !== undefined) reply.header('access-control-allow-origin', first);
}

/** What a browser asks before it sends a request of another origin. */
export function preflight(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
) {
  const { origin = '*' } = request.headers;
  const wanted = request.headers['access-control-request-headers'];
  return reply
    .code(204)
    .headers({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': ['OPTIONS', ...methods].join(', '),
      'access-control-max-age': '300',
      vary: 'origin',
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
    })
    .send();
}
