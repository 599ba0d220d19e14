import fp from 'fastify-plugin';

const EDITOR = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const DATA = "default-src 'none'; frame-ancestors 'none'";

/** Pages of workflows: scripts may run, but as a foreign origin without our cookies. */
const SERVED_BY_USERS =
  'sandbox allow-downloads allow-forms allow-modals allow-popups allow-presentation allow-scripts';

const USER_ROUTES = /^\/(webhook|form)(-test|-waiting)?(\/|$|\?)/;

/** Content rules for every answer, by who made it: the editor, the API, or a user's workflow. */
export const securityHeadersPlugin = fp(
  async (app) => {
    app.addHook('onSend', (request, reply, payload, done) => {
      reply.header('x-content-type-options', 'nosniff');
      if (USER_ROUTES.test(request.url)) {
        // A page may be stricter with itself, never laxer: browsers hold to all policies.
        const own = reply.getHeader('content-security-policy');
        const policy = own === undefined ? SERVED_BY_USERS : `${SERVED_BY_USERS}, ${String(own)}`;
        reply.header('content-security-policy', policy);
        return done(null, payload);
      }
      reply.header('content-security-policy', policyFor(request.url));
      reply.header('referrer-policy', 'same-origin');
      reply.header('cross-origin-opener-policy', 'same-origin');
      reply.header('x-frame-options', 'DENY');
      done(null, payload);
    });
  },
  { name: 'security-headers', fastify: '5.x' },
);

function policyFor(url: string): string {
  if (url.startsWith('/api/') && !url.startsWith('/api/v1/docs')) return DATA;
  return EDITOR;
}
