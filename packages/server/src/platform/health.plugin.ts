import fp from 'fastify-plugin';
import { MillraceError } from '@millrace/workflow/errors';

export interface HealthOptions {
  /** Each rejects when the thing it stands for cannot be reached. */
  readonly checks: ReadonlyMap<string, () => Promise<unknown>>;
}

/** `/healthz`: the process is alive. `/readyz`: it can do its work. */
export const healthPlugin = fp<HealthOptions>(
  async (app, { checks }) => {
    app.get('/healthz', { config: { access: 'public' }, schema: { hide: true } }, () => ({
      status: 'ok',
    }));

    app.get('/readyz', { config: { access: 'public' }, schema: { hide: true } }, async () => {
      for (const [name, check] of checks) {
        try {
          await check();
        } catch (cause) {
          throw new NotReadyError(name, cause);
        }
      }
      return { status: 'ok' };
    });
  },
  { name: 'health', fastify: '5.x' },
);

class NotReadyError extends MillraceError<{ check: string }> {
  readonly code = 'DB_UNAVAILABLE';

  constructor(check: string, cause: unknown) {
    super(`The ${check} cannot be reached`, { details: { check }, cause });
  }
}
