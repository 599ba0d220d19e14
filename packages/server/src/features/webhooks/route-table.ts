import { WebhookRouteEntity, type Database, type WebhookRouteRow } from '../../db/index.ts';

export interface RouteMatch {
  readonly route: WebhookRouteRow;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds who answers an address. */
export interface RouteTable {
  find(method: string, path: string): Promise<RouteMatch | undefined>;
  /** Methods somebody answers at this path. */
  methodsAt(path: string): Promise<string[]>;
  /** Forgets what it has read: rows changed. */
  invalidate(): void;
}

interface Routes {
  readonly fixed: ReadonlyMap<string, WebhookRouteRow>;
  readonly dynamic: readonly { route: WebhookRouteRow; segments: readonly string[] }[];
}

/** The published routes, read once and again after a change. A fixed path goes before one with parameters. */
export function createRouteTable(
  db: Database,
  { maxAgeMs = 5000, now = Date.now } = {},
): RouteTable {
  const cache: { routes?: Promise<Routes> | undefined; readAt: number } = { readAt: 0 };

  function routes(): Promise<Routes> {
    if (cache.routes && now() - cache.readAt < maxAgeMs) return cache.routes;
    cache.readAt = now();
    cache.routes = read(db);
    cache.routes.catch(() => (cache.routes = undefined));
    return cache.routes;
  }

  return {
    async find(method, path) {
      const { fixed, dynamic } = await routes();
      const exact = fixed.get(`${method} ${path}`);
      if (exact) return { route: exact, params: {} };
      if (!dynamic.length) return undefined;
      const given = path.split('/');
      const matches = dynamic
        .filter(({ route, segments }) => route.method === method && fits(segments, given))
        .toSorted((a, b) => literals(b.segments) - literals(a.segments));
      const [best] = matches;
      return best && { route: best.route, params: paramsOf(best.segments, given) };
    },
    async methodsAt(path) {
      const { fixed, dynamic } = await routes();
      const given = path.split('/');
      const rows = [
        ...[...fixed.values()].filter((route) => route.path === path),
        ...dynamic.filter(({ segments }) => fits(segments, given)).map(({ route }) => route),
      ];
      return [...new Set(rows.map(({ method }) => method))].toSorted();
    },
    invalidate() {
      cache.routes = undefined;
    },
  };
}

async function read(db: Database): Promise<Routes> {
  const rows = await db.source.getRepository(WebhookRouteEntity).findBy({ kind: 'production' });
  return {
    fixed: new Map(
      rows
        .filter(({ hasParams }) => !hasParams)
        .map((route) => [`${route.method} ${route.path}`, route]),
    ),
    dynamic: rows
      .filter(({ hasParams }) => hasParams)
      .map((route) => ({ route, segments: route.path.split('/') })),
  };
}

const fits = (segments: readonly string[], given: readonly string[]) =>
  segments.length === given.length &&
  segments.every((segment, index) => segment.startsWith(':') || segment === given[index]);

const literals = (segments: readonly string[]) =>
  segments.filter((segment) => !segment.startsWith(':')).length;

function paramsOf(segments: readonly string[], given: readonly string[]) {
  const params: Record<string, string> = Object.create(null);
  for (const [index, segment] of segments.entries())
    if (segment.startsWith(':')) params[segment.slice(1)] = given[index] ?? '';
  return { ...params };
}
