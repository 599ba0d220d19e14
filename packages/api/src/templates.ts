import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams } from './list.ts';
import { Workflow, WorkflowBody } from './workflows.ts';

/** A ready-made workflow of a package. */
export const Template = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  tags: Type.Array(Type.String()),
  /** The package it comes with. */
  package: Type.String(),
  /** Types of its nodes, without repeats. */
  nodeTypes: Type.Array(Type.String()),
  /** Types of the credentials its nodes may use. */
  credentialTypes: Type.Array(Type.String()),
});
export type Template = Static<typeof Template>;

export const TemplateDetail = Type.Object({ ...Template.properties, workflow: WorkflowBody });
export type TemplateDetail = Static<typeof TemplateDetail>;

export const TemplateUse = Type.Object({
  /** The caller's own project when left out. */
  projectId: Type.Optional(Type.String({ maxLength: 64 })),
  /** The template's when left out. */
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
});
export type TemplateUse = Static<typeof TemplateUse>;

/** All at once: an editor searches them as one types. */
export const listTemplates = endpoint({
  method: 'GET',
  url: '/templates',
  access: 'template:list',
  response: { 200: Type.Object({ data: Type.Array(Template) }) },
});

export const getTemplate = endpoint({
  method: 'GET',
  url: '/templates/:id',
  access: 'template:read',
  params: IdParams,
  response: { 200: TemplateDetail },
});

export const applyTemplate = endpoint({
  method: 'POST',
  url: '/templates/:id/use',
  access: 'workflow:create',
  summary: 'Make a draft workflow of a template',
  params: IdParams,
  body: TemplateUse,
  response: { 201: Workflow },
});
