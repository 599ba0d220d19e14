export { endpoint, type Access, type Endpoint, type Input, type Output } from './endpoint.ts';
export { createClient, type CallOptions, type Client, type ClientOptions } from './client.ts';
export { ApiError, ProblemBody } from './problem.ts';
export {
  Email,
  Password,
  Session,
  SetupState,
  changePassword,
  createOwner,
  getSession,
  getSetup,
  signIn,
  signOut,
} from './auth.ts';
export {
  Role,
  User,
  UserInput,
  UserPatch,
  createUser,
  deleteUser,
  getUser,
  listUsers,
  updateUser,
} from './users.ts';
export {
  ApiKey,
  ApiKeyInput,
  NewApiKey,
  createApiKey,
  deleteApiKey,
  listApiKeys,
} from './api-keys.ts';
export {
  Project,
  ProjectInput,
  ProjectMember,
  ProjectRole,
  createProject,
  deleteProject,
  deleteProjectMember,
  getProject,
  listProjectMembers,
  listProjects,
  putProjectMember,
  updateProject,
} from './projects.ts';
export {
  Workflow,
  WorkflowBody,
  WorkflowProblem,
  WorkflowSave,
  WorkflowSummary,
  WorkflowVersion,
  WorkflowVersionDetail,
  activateWorkflow,
  createWorkflow,
  deactivateWorkflow,
  deleteWorkflow,
  getWorkflow,
  getWorkflowVersion,
  listWorkflowProblems,
  listWorkflowVersions,
  listWorkflows,
  publishWorkflow,
  restoreWorkflowVersion,
  saveWorkflow,
  unpublishWorkflow,
} from './workflows.ts';
export {
  ExecuteInput,
  Execution,
  ExecutionDetail,
  ExecutionStatus,
  cancelExecution,
  deleteExecution,
  executeWorkflow,
  getExecution,
  listExecutions,
  listWorkflowExecutions,
  retryExecution,
  testWorkflow,
  type RunData,
} from './executions.ts';
export {
  Credential,
  CredentialInput,
  CredentialPatch,
  CredentialTypeInfo,
  createCredential,
  deleteCredential,
  getCredential,
  listCredentialTypes,
  listCredentials,
  updateCredential,
} from './credentials.ts';
export { NodeTypeInfo, getNodeType, listNodeTypes } from './node-types.ts';
export { IdParams, Instant, ListQuery, MaybeInstant, Nothing, listOf } from './list.ts';
export type { PushCommand, PushEvent } from './push.ts';
