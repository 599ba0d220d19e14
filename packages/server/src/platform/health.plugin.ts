import fp from 'fastify-plugin';
import { MillraceError } from '@millrace/workflow/errors';
import type { Dependencies } from './dependencies.ts';

export interface HealthOptions {
  readonly dependencies: Dependencies;
}

/** `/healthz`: the process is alive. `/readyz`: it can do its work, or what is away. */
export const healthPlugin = fp<HealthOptions>(
  async (app, { dependencies }) => {
    app.get('/healthz', { config: { access: 'public' }, schema: { hide: true } }, () => ({
      status: 'ok',
    }));

    app.get('/readyz', { config: { access: 'public' }, schema: { hide: true } }, async () => {
      const away = await dependencies.away();
      if (away.size) throw new NotReadyError(away);
      return { status: 'ok' };
    });
  },
  { name: 'health', fastify: '5.x' },
);

class NotReadyError extends MillraceError<{ away: readonly string[] }> {
  readonly code: 'DB_UNAVAILABLE' | 'QUEUE_UNAVAILABLE';

  constructor(away: ReadonlyMap<string, Error>) {
    const names = [...away.keys()];
    super(`Cannot be reached: ${names.join(', ')}`, {
      details: { away: names },
      fix: 'Nothing has to be restarted: work goes on when it is back',
      cause: [...away.values()][0],
    });
    this.code = away.has('database') ? 'DB_UNAVAILABLE' : 'QUEUE_UNAVAILABLE';
  }
}
