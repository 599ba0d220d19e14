import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';

/** An installed package and what it brings, by name. */
export const PackageInfo = Type.Object({
  name: Type.String(),
  version: Type.Union([Type.String(), Type.Null()]),
  /** What its tables, routes and jobs begin with. */
  namespace: Type.Union([Type.String(), Type.Null()]),
  nodes: Type.Array(Type.String()),
  credentials: Type.Array(Type.String()),
  tables: Type.Array(Type.String()),
  templates: Type.Array(Type.String()),
  jobs: Type.Array(Type.String()),
});
export type PackageInfo = Static<typeof PackageInfo>;

export const listPackages = endpoint({
  method: 'GET',
  url: '/packages',
  access: 'package:list',
  response: { 200: Type.Object({ data: Type.Array(PackageInfo) }) },
});
