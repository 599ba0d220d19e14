import type { Static, TSchema } from 'typebox';

/** What a caller needs: a scope such as `workflow:read`, or nothing at all. */
export type Access = `${string}:${string}` | 'public';

/** One REST operation, said once: the server mounts it, the client calls it, OpenAPI lists it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. */
  readonly url: `/${string}`;
  readonly access: Access;
  readonly summary?: string;
  readonly params?: TSchema;
  readonly querystring?: TSchema;
  readonly body?: TSchema;
  readonly response: Readonly<Partial<Record<200 | 201 | 202 | 204, TSchema>>>;
}

type Out<R> = { [K in keyof R]: R[K] extends TSchema ? Static<R[K]> : never }[keyof R];

/** What an endpoint answers when all goes well. */
export type Output<E extends Endpoint> = Out<E['response']>;

type Part<E, K extends string> =
  E extends Record<K, infer S extends TSchema> ? { readonly [P in K]: Static<S> } : object;

/** What an endpoint is called with: `params`, `querystring` and `body`, as far as it has them. */
export type Input<E extends Endpoint> = Part<E, 'params'> &
  Part<E, 'querystring'> &
  Part<E, 'body'>;

/** Declares an endpoint and keeps its exact type. */
export const endpoint = <const E extends Endpoint>(e: E): E => e;
