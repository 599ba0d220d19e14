import type { JsonObject, Outputs } from '../items/index.ts';
import type { NodeLogger } from './context.ts';
import type { FromSchema, JsonSchema } from './json-schema.ts';
import type { Jobs } from './package-job.ts';
import type { Tables } from './tables.ts';

/** Runs workflows of the project. */
export interface WorkflowStarter {
  /**
   * Starts a workflow, or the project's own copy of a template; the copy is made the first time, and
   * people may change it. Resolves when the execution is stored.
   *
   * @param items - What the trigger puts out; one empty item when left out.
   */
  start(
    what: { readonly workflow: string } | { readonly template: string },
    items?: readonly JsonObject[],
  ): Promise<{ readonly executionId: string; readonly workflowId: string }>;
  /**
   * Lets an execution of the project go on that waits to be called, in place of a call to its address.
   * One that is on its way to the pause is waited for, some seconds at most.
   *
   * @returns False when it does not wait there any more: somebody called, or its time was over.
   */
  resume(pause: Pause, outputs: Outputs): Promise<boolean>;
}

/** Where an execution waits: a node of a package makes it known before it returns its `WaitRequest`. */
export interface Pause {
  readonly executionId: string;
  readonly node: string;
  /** The `until` of the `WaitRequest`; null when it had none. */
  readonly until: number | null;
}

/** What a route's handler works with. All of it is bound to the project the caller asked for. */
export interface RouteContext<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: { readonly userId: string; readonly role: 'owner' | 'admin' | 'member' };
  readonly projectId: string;
  readonly tables: Tables;
  readonly jobs: Jobs;
  readonly workflows: WorkflowStarter;
  readonly logger: NodeLogger;
  now(): number;
}

/** What is said about a route: the server checks requests against it and lists it in OpenAPI. */
interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1/<namespace>`; `:name` is a parameter. */
  readonly url: `/${string}` | '';
  /** Scope an API key can be limited to, such as `marketing:read`. */
  readonly access: `${string}:${string}`;
  /** What the caller has to be in the project: `viewer` for GET, else `editor`, when left out. */
  readonly role?: 'viewer' | 'editor' | 'admin';
  readonly summary: string;
  /** Of an object. Values are text in the address and become what the schema says. */
  readonly params?: JsonSchema;
  readonly query?: JsonSchema;
  readonly body?: JsonSchema;
  /** Of what the handler gives. */
  readonly response?: JsonSchema;
  /** Of a good answer; 200 when left out. 202 says that the work goes on behind. */
  readonly status?: 200 | 201 | 202 | 204;
}

/** One REST operation of a package. The project is named by the query `projectId`. */
export interface PackageRoute extends RouteFacts {
  handler(context: RouteContext): unknown;
}

/**
 * Declares a route. The handler's parameters, query and body have the types of their schemas.
 *
 * @example
 * defineRoute({
 *   method: 'GET',
 *   url: '/keywords/:id',
 *   access: 'marketing:read',
 *   summary: 'One keyword',
 *   params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
 *   handler: ({ params, tables }) => tables.open(keywords).findOne({ id: params.id }),
 * });
 */
export const defineRoute = <
  const Params extends JsonSchema,
  const Query extends JsonSchema,
  const Body extends JsonSchema,
>(
  route: RouteFacts & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: Body;
    handler(
      context: RouteContext<FromSchema<Params>, FromSchema<Query>, FromSchema<Body>>,
    ): unknown;
  },
): PackageRoute => route;
