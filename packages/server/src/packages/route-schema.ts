import type { JsonSchema, PackageRoute } from '@millrace/workflow/node-api';
import { Type, type TSchema } from 'typebox';

/** A package's plain schemas as Fastify, the check of requests and OpenAPI take them. */
export function routeSchema(route: PackageRoute, namespace: string) {
  const { summary, params, query, body, response, status = 200 } = route;
  return {
    summary,
    tags: [namespace],
    ...(params && { params: ofText(params) }),
    querystring: ofText(query ?? {}, {
      projectId: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    ...(body && { body: Type.Unsafe(body) }),
    response: { [status]: status === 204 || !response ? Type.Unknown() : Type.Unsafe(response) },
  };
}

/**
 * A schema of values that come as text. Numbers and truth are declared the way the check knows
 * them: it then reads the text before it judges it.
 */
function ofText(schema: JsonSchema, more: Readonly<Record<string, TSchema>> = {}): TSchema {
  const { properties, required, ...rest } = schema;
  const needed = new Set<unknown>(Array.isArray(required) ? required : []);
  const known = Object.entries(recordOf(properties)).map(([name, each]) => {
    const read = textSchema(recordOf(each));
    return [name, needed.has(name) ? read : Type.Optional(read)] as const;
  });
  return Type.Object({ ...Object.fromEntries(known), ...more }, rest);
}

function textSchema(schema: JsonSchema): TSchema {
  switch (schema['type']) {
    case 'integer':
      return Type.Integer(schema);
    case 'number':
      return Type.Number(schema);
    case 'boolean':
      return Type.Boolean(schema);
    default:
      return Type.Unsafe(schema);
  }
}

const recordOf = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
