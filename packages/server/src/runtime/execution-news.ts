import type { EngineEvent } from '@millrace/workflow/engine';
import type { ErrorData } from '@millrace/workflow/items';
import type { Clock } from '@millrace/workflow/ports';
import type { ExecutionRow } from '../db/index.ts';
import type { EventBus } from './runtime.types.ts';

/** Tells on the bus how an execution goes. */
export interface ExecutionNews {
  began(row: ExecutionRow): void;
  ofRun(row: ExecutionRow, event: EngineEvent): void;
  /** @param row - As it was stored: ended, or waiting. */
  ended(row: ExecutionRow, error: ErrorData | undefined): void;
}

export function createExecutionNews(bus: EventBus, clock: Clock): ExecutionNews {
  return {
    began({ id, workflowId, mode, startedAt }) {
      const about = { executionId: id, workflowId, mode };
      bus.publish({ type: 'execution-started', ...about, startedAt: startedAt ?? 0 });
    },
    ofRun({ id, workflowId }, event) {
      if (!bus.hasListeners) return;
      const about = { executionId: id, workflowId };
      if (event.type === 'run-started') {
        const { node, runIndex, at } = event;
        bus.publish({ type: 'run-started', ...about, node, runIndex, startedAt: at });
        return;
      }
      const { node, runIndex, status, durationMs, outputs, error } = event.run;
      bus.publish({
        type: 'run-finished',
        ...about,
        node,
        runIndex,
        status,
        durationMs,
        counts: outputs.map((batch) => batch?.length ?? 0),
        ...(error && { error }),
      });
    },
    ended({ id, workflowId, status, finishedAt }, error) {
      bus.publish({
        type: 'execution-finished',
        executionId: id,
        workflowId,
        status,
        finishedAt: finishedAt ?? clock.now(),
        ...(error && { error }),
      });
    },
  };
}
