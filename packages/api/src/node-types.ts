import type { NodeDescription } from '@millrace/workflow/node-api';
import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';

/** A node's description, plain JSON: the editor draws its panel from it. */
export const NodeTypeInfo = Type.Unsafe<NodeDescription>(
  Type.Object({}, { additionalProperties: true }),
);
export type NodeTypeInfo = Static<typeof NodeTypeInfo>;

/** Every node type this server knows; all at once, since the editor searches them as one types. */
export const listNodeTypes = endpoint({
  method: 'GET',
  url: '/node-types',
  access: 'node-type:list',
  response: { 200: Type.Object({ data: Type.Array(NodeTypeInfo) }) },
});

export const getNodeType = endpoint({
  method: 'GET',
  url: '/node-types/:name',
  access: 'node-type:list',
  params: Type.Object({ name: Type.String({ maxLength: 256 }) }),
  querystring: Type.Object({ version: Type.Optional(Type.Number()) }),
  response: { 200: NodeTypeInfo },
});
