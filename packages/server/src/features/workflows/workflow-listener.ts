import type { EntityManager } from 'typeorm';
import type { WorkflowJson } from '@millrace/workflow/graph';

/**
 * Hears of publishing, inside its transaction: what it writes stands or falls with the act, and
 * what it throws (an address that is taken) stops it.
 */
export interface WorkflowListener {
  /** A version went live. Replaces whatever stood for an earlier one. */
  published(change: {
    readonly manager: EntityManager;
    readonly workflowId: string;
    readonly versionId: string;
    readonly workflow: WorkflowJson;
  }): Promise<void>;
  /** Nothing is live any more; also before the workflow is deleted. */
  unpublished(change: {
    readonly manager: EntityManager;
    readonly workflowId: string;
  }): Promise<void>;
}

/** Said after a change is stored. */
export interface WorkflowChange {
  readonly workflowId: string;
  readonly revision: number;
  readonly active: boolean;
}
