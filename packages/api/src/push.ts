import type { ErrorData } from '@millrace/workflow/items';
import type { ExecutionStatus, TestListening } from './execution.ts';

/** What a client sends on `/push`. It hears of a workflow it may read, from then on. */
export type PushCommand =
  | { readonly type: 'subscribe'; readonly workflowId: string }
  | { readonly type: 'unsubscribe'; readonly workflowId: string };

/** What the server sends on `/push`. Instants are ms since the epoch. */
export type PushEvent =
  | {
      readonly type: 'execution-started';
      readonly executionId: string;
      readonly workflowId: string;
      readonly mode: string;
      readonly startedAt: number;
    }
  | {
      readonly type: 'run-started';
      readonly executionId: string;
      readonly workflowId: string;
      readonly node: string;
      readonly runIndex: number;
      readonly startedAt: number;
    }
  | {
      readonly type: 'run-finished';
      readonly executionId: string;
      readonly workflowId: string;
      readonly node: string;
      readonly runIndex: number;
      readonly status: 'success' | 'error' | 'waiting' | 'canceled';
      readonly durationMs: number;
      /** Items per output. */
      readonly counts: readonly number[];
      readonly error?: ErrorData;
    }
  | {
      readonly type: 'execution-finished';
      readonly executionId: string;
      readonly workflowId: string;
      readonly status: ExecutionStatus;
      readonly finishedAt: number;
      readonly error?: ErrorData;
    }
  | ({
      /** A draft waits at its test addresses for one call, which becomes execution `executionId`. */
      readonly type: 'listening-started';
      readonly executionId: string;
      readonly workflowId: string;
    } & TestListening)
  | {
      readonly type: 'listening-ended';
      readonly executionId: string;
      readonly workflowId: string;
      readonly reason: 'called' | 'canceled' | 'timeout';
    }
  | {
      readonly type: 'workflow-changed';
      readonly workflowId: string;
      readonly revision: number;
      readonly active: boolean;
    };
