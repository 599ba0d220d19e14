import type { WorkflowJson } from '@millrace/workflow/graph';
import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { TagRef } from './tags.ts';
import { IdParams, Instant, listOf, ListQuery, MaybeInstant, Nothing } from './list.ts';

/** Ids, counters and states of a stored workflow, beside n8n's JSON. */
const WorkflowFacts = Type.Object({
  id: Type.String(),
  name: Type.String(),
  projectId: Type.String(),
  /** True while a version is published: its triggers are live. */
  active: Type.Boolean(),
  publishedVersionId: Type.Union([Type.String(), Type.Null()]),
  /** True when the draft differs from what is published. */
  hasUnpublishedChanges: Type.Boolean(),
  /** Goes up by one with each save of the draft. */
  revision: Type.Integer(),
  createdAt: Instant,
  updatedAt: Instant,
});
type WorkflowFacts = Static<typeof WorkflowFacts>;

/** n8n's workflow JSON: every key a client sends is kept (contract, Formats). */
export const WorkflowBody = Type.Unsafe<WorkflowJson>(
  Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 128 }),
      nodes: Type.Array(
        Type.Object(
          {
            id: Type.Optional(Type.String({ maxLength: 128 })),
            name: Type.String({ minLength: 1, maxLength: 256 }),
            type: Type.String({ minLength: 1, maxLength: 256 }),
            typeVersion: Type.Optional(Type.Number()),
            position: Type.Optional(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })),
            parameters: Type.Optional(Type.Object({}, { additionalProperties: true })),
          },
          { additionalProperties: true },
        ),
        { maxItems: 5000 },
      ),
      connections: Type.Object({}, { additionalProperties: true }),
      settings: Type.Optional(Type.Object({}, { additionalProperties: true })),
      pinData: Type.Optional(Type.Unknown()),
      staticData: Type.Optional(Type.Unknown()),
      projectId: Type.Optional(Type.String({ maxLength: 64 })),
    },
    { additionalProperties: true },
  ),
);

/** A save of the draft: the workflow and the revision it was read at. */
export const WorkflowSave = Type.Unsafe<WorkflowJson & { readonly revision: number }>(
  Type.Intersect([
    WorkflowBody,
    Type.Object({ revision: Type.Integer({ minimum: 0 }) }, { additionalProperties: true }),
  ]),
);

/** A stored workflow: the draft as n8n's JSON, with ours beside it. */
export const Workflow = Type.Unsafe<WorkflowJson & WorkflowFacts>(
  Type.Intersect([WorkflowBody, WorkflowFacts]),
);
export type Workflow = Static<typeof Workflow>;

/** A row of the list: no nodes, no wires. */
export const WorkflowSummary = Type.Object({
  ...WorkflowFacts.properties,
  nodeCount: Type.Integer(),
  tags: Type.Optional(Type.Array(TagRef)),
});
export type WorkflowSummary = Static<typeof WorkflowSummary>;

export const WorkflowVersion = Type.Object({
  id: Type.String(),
  workflowId: Type.String(),
  /** 1, 2, 3 … within the workflow. */
  number: Type.Integer(),
  name: Type.String(),
  isPublished: Type.Boolean(),
  createdBy: Type.Union([Type.String(), Type.Null()]),
  createdAt: Instant,
});
export type WorkflowVersion = Static<typeof WorkflowVersion>;

export const WorkflowVersionDetail = Type.Object({
  ...WorkflowVersion.properties,
  workflow: WorkflowBody,
});
export type WorkflowVersionDetail = Static<typeof WorkflowVersionDetail>;

const VersionParams = Type.Object({
  id: Type.String({ maxLength: 64 }),
  version: Type.String({ maxLength: 64 }),
});

export const listWorkflows = endpoint({
  method: 'GET',
  url: '/workflows',
  access: 'workflow:list',
  querystring: Type.Object({
    ...ListQuery.properties,
    name: Type.Optional(Type.String({ maxLength: 128 })),
    active: Type.Optional(Type.Boolean()),
    projectId: Type.Optional(Type.String({ maxLength: 64 })),
    /** Id or name of a tag. */
    tag: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  response: { 200: listOf(WorkflowSummary) },
});

export const createWorkflow = endpoint({
  method: 'POST',
  url: '/workflows',
  access: 'workflow:create',
  body: WorkflowBody,
  response: { 201: Workflow },
});

export const getWorkflow = endpoint({
  method: 'GET',
  url: '/workflows/:id',
  access: 'workflow:read',
  params: IdParams,
  response: { 200: Workflow },
});

export const saveWorkflow = endpoint({
  method: 'PUT',
  url: '/workflows/:id',
  access: 'workflow:update',
  summary: 'Save the draft; 409 when it changed since `revision`',
  params: IdParams,
  body: WorkflowSave,
  response: { 200: Workflow },
});

export const deleteWorkflow = endpoint({
  method: 'DELETE',
  url: '/workflows/:id',
  access: 'workflow:delete',
  params: IdParams,
  response: { 204: Nothing },
});

export const publishWorkflow = endpoint({
  method: 'POST',
  url: '/workflows/:id/publish',
  access: 'workflow:publish',
  summary: 'Snapshot the draft as a version and make its triggers live',
  params: IdParams,
  response: { 200: Workflow },
});

export const unpublishWorkflow = endpoint({
  method: 'POST',
  url: '/workflows/:id/unpublish',
  access: 'workflow:publish',
  params: IdParams,
  response: { 200: Workflow },
});

/** n8n's word for publish. */
export const activateWorkflow = endpoint({
  ...publishWorkflow,
  url: '/workflows/:id/activate',
});

/** n8n's word for unpublish. */
export const deactivateWorkflow = endpoint({
  ...unpublishWorkflow,
  url: '/workflows/:id/deactivate',
});

export const listWorkflowVersions = endpoint({
  method: 'GET',
  url: '/workflows/:id/versions',
  access: 'workflow:read',
  params: IdParams,
  querystring: ListQuery,
  response: { 200: listOf(WorkflowVersion) },
});

export const getWorkflowVersion = endpoint({
  method: 'GET',
  url: '/workflows/:id/versions/:version',
  access: 'workflow:read',
  params: VersionParams,
  response: { 200: WorkflowVersionDetail },
});

/** Makes an old version the draft. `version` is a version's id or its number. */
export const restoreWorkflowVersion = endpoint({
  method: 'POST',
  url: '/workflows/:id/versions/:version/restore',
  access: 'workflow:update',
  params: VersionParams,
  response: { 200: Workflow },
});

/** A problem of a draft, as validation tells it. */
export const WorkflowProblem = Type.Object({
  code: Type.String(),
  message: Type.String(),
  fix: Type.String(),
  node: Type.Optional(Type.String()),
  field: Type.Optional(Type.String()),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
});
export type WorkflowProblem = Static<typeof WorkflowProblem>;

export const listWorkflowProblems = endpoint({
  method: 'GET',
  url: '/workflows/:id/problems',
  access: 'workflow:read',
  params: IdParams,
  response: { 200: Type.Object({ data: Type.Array(WorkflowProblem), checkedAt: MaybeInstant }) },
});
