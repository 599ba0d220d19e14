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
export { BulkInput, BulkProgress, getBulk, startBulk } from './bulk-executions.ts';
export {
  Execution,
  ExecutionDetail,
  ExecutionStatus,
  LimitReason,
  TestListening,
  WaitReason,
  type RunData,
} from './execution.ts';
export {
  ExecuteInput,
  ExecutionFilter,
  RetryInput,
  DecideInput,
  cancelExecution,
  decideExecution,
  deleteExecution,
  executeWorkflow,
  getExecution,
  listExecutions,
  listWorkflowExecutions,
  retryExecution,
  testWorkflow,
} from './executions.ts';
export {
  Credential,
  CredentialInput,
  CredentialLimits,
  CredentialPatch,
  CredentialTestInput,
  CredentialTestResult,
  CredentialTypeInfo,
  connectCredential,
  createCredential,
  deleteCredential,
  disconnectCredential,
  getCredential,
  listCredentialTypes,
  listCredentials,
  testCredential,
  testCredentialDraft,
  updateCredential,
} from './credentials.ts';
export {
  PruneResult,
  Retention,
  RetentionRules,
  StorageMeter,
  WorkflowRetention,
  deleteWorkflowRetention,
  getRetention,
  pruneNow,
  putRetention,
  putWorkflowRetention,
} from './retention.ts';
export { NodeTypeInfo, getNodeType, listNodeTypes } from './node-types.ts';
export { Job, cancelJob, getJob, listJobs } from './jobs.ts';
export { PackageInfo, listPackages } from './packages.ts';
export {
  Template,
  TemplateDetail,
  TemplateUse,
  applyTemplate,
  getTemplate,
  listTemplates,
} from './templates.ts';
export {
  Tag,
  TagInput,
  TagRef,
  createTag,
  deleteTag,
  getWorkflowTags,
  listTags,
  putWorkflowTags,
  updateTag,
} from './tags.ts';
export {
  Variable,
  VariableInput,
  createVariable,
  deleteVariable,
  getVariable,
  listVariables,
  updateVariable,
} from './variables.ts';
export {
  DataColumn,
  DataTable,
  DataTableFilter,
  DataTableInput,
  DataTableRow,
  addDataColumn,
  createDataTable,
  deleteDataColumn,
  deleteDataTable,
  exportDataRows,
  getDataTable,
  importDataRows,
  insertDataRows,
  listDataRows,
  listDataTables,
  removeDataRows,
  renameDataColumn,
  updateDataRows,
  updateDataTable,
  upsertDataRows,
} from './data-tables.ts';
export { AuditEntry, AuditQuery, listAudit } from './audit.ts';
export { IdParams, Instant, ListQuery, MaybeInstant, Nothing, listOf } from './list.ts';
export type { PushCommand, PushEvent } from './push.ts';
export {
  createLlmPrice,
  deleteLlmBudget,
  deleteLlmPrice,
  listLlmBudgets,
  listLlmPrices,
  listLlmUsage,
  LlmBudget,
  LlmBudgetInput,
  LlmPrice,
  LlmPriceInput,
  LlmUsageRow,
  setLlmBudget,
} from './llm.ts';
export { WorkerInfo, listWorkers } from './workers.ts';
