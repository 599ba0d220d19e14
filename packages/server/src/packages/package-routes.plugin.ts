import type { PackageRoute, RouteContext } from '@millrace/workflow/node-api';
import type { FastifyRequest } from 'fastify';
import type { ProjectService } from '../features/projects/index.ts';
import { callerOf, type Feature } from '../platform/index.ts';
import type { PackageServices } from './package-services.ts';
import { routeSchema } from './route-schema.ts';

interface PackageRouteServices {
  readonly projects: ProjectService;
  readonly packageServices: PackageServices;
}

/** The routes of the installed packages, each below the namespace of its package. */
export const packageRoutesPlugin: Feature<PackageRouteServices> = async (app, services) => {
  for (const { routes = [], namespace = '' } of services.packageServices.packages)
    for (const route of routes)
      app.route({
        method: route.method,
        url: `/${namespace}${route.url}`,
        config: { access: route.access },
        schema: routeSchema(route, namespace),
        handler: async (request, reply) => {
          const result = await route.handler(await contextOf(route, request, services));
          const { status = 200 } = route;
          return reply.code(status).send(status === 204 ? null : (result ?? null));
        },
      });
};

/** @throws {NotFoundError} for a project the caller has too little to say in. */
async function contextOf(
  { method, role = method === 'GET' ? 'viewer' : 'editor' }: PackageRoute,
  request: FastifyRequest,
  { projects, packageServices }: PackageRouteServices,
): Promise<RouteContext> {
  const caller = callerOf(request);
  const query = new Map<string, unknown>(Object.entries(request.query ?? {}));
  const asked = query.get('projectId');
  query.delete('projectId');
  const projectId = typeof asked === 'string' ? asked : await projects.personalIdOf(caller);
  await projects.require(caller, projectId, role, { kind: 'project', id: projectId });
  return {
    ...packageServices.scopeOf(projectId),
    params: request.params,
    query: Object.fromEntries(query),
    body: request.body,
    caller: { userId: caller.userId, role: caller.role },
  };
}
