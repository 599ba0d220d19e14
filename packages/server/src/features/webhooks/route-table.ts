import { WebhookRouteEntity, type Database, type WebhookRouteRow } from '../../db/index.ts';
import { createPathIndex, type PathIndex } from './path-index.ts';

/** The addresses of published workflows. */
export interface RouteTable {
  routes(): Promise<PathIndex<WebhookRouteRow>>;
  /** Forgets what it has read: rows changed. */
  invalidate(): void;
}

/** The published routes, read once and again after a change. */
export function createRouteTable(
  db: Database,
  { maxAgeMs = 5000, now = Date.now } = {},
): RouteTable {
  const cache: { routes?: Promise<PathIndex<WebhookRouteRow>> | undefined; readAt: number } = {
    readAt: 0,
  };
  const read = async () =>
    createPathIndex(await db.source.getRepository(WebhookRouteEntity).find());

  return {
    routes() {
      if (cache.routes && now() - cache.readAt < maxAgeMs) return cache.routes;
      cache.readAt = now();
      cache.routes = read();
      cache.routes.catch(() => (cache.routes = undefined));
      return cache.routes;
    },
    invalidate() {
      cache.routes = undefined;
    },
  };
}
