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
    app.addHook('onSend', async (request, reply, payload) => {
      reply.header('x-content-type-options', 'nosniff');
      const policy = policyFor(request.url);
      if (USER_ROUTES.test(request.url)) {
        // A page may be stricter with itself, never laxer: browsers hold to all policies.
        const own = reply.getHeader('content-security-policy');
        reply.header(
          'content-security-policy',
          own === undefined ? policy : `${policy}, ${String(own)}`,
        );
        return payload;
      }
      reply.header('content-security-policy', policy);
      reply.header('referrer-policy', 'same-origin');
      reply.header('cross-origin-opener-policy', 'same-origin');
      reply.header('x-frame-options', 'DENY');
      return payload;
    });
  },
  { name: 'security-headers', fastify: '5.x' },
);

function policyFor(url: string): string {
  if (USER_ROUTES.test(url)) return SERVED_BY_USERS;
  if (url.startsWith('/api/') && !url.startsWith('/api/v1/docs')) return DATA;
  return EDITOR;
}
