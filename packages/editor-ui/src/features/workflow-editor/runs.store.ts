import type { ExecutionDetail, PushEvent, RunData, TestListening } from '@millrace/api';
import type { ErrorData } from '@millrace/workflow/items';
import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef } from 'vue';

export type NodeRunStatus = 'running' | 'success' | 'error' | 'waiting' | 'canceled';

/** How a node stands in the execution on show. */
export interface NodeState {
  readonly status: NodeRunStatus;
  /** Items per output, summed over its runs. */
  readonly counts: readonly number[];
  readonly runCount: number;
  readonly durationMs: number;
  readonly error?: ErrorData | undefined;
}

/** The execution shown on the canvas: live by push events, whole once its data is loaded. */
export const useRunsStore = defineStore('runs', () => {
  const executionId = shallowRef<string>();
  const status = shallowRef<ExecutionDetail['status']>();
  const error = shallowRef<ErrorData>();
  /** Set while the draft waits at its test addresses for the call that starts it. */
  const listening = shallowRef<TestListening>();
  const states = shallowReactive(new Map<string, NodeState>());
  const data = shallowRef<ReadonlyMap<string, readonly RunData[]>>(new Map());
  const isRunning = computed(() => status.value === 'new' || status.value === 'running');

  function reset() {
    executionId.value = undefined;
    status.value = undefined;
    error.value = undefined;
    listening.value = undefined;
    states.clear();
    data.value = new Map();
  }

  function begin(id: string) {
    reset();
    executionId.value = id;
    status.value = 'running';
  }

  /** Shows a recorded execution. Live states give way to what was recorded. */
  function show(execution: ExecutionDetail) {
    executionId.value = execution.id;
    status.value = execution.status;
    error.value = execution.error ?? undefined;
    listening.value = execution.listening;
    data.value = new Map(Object.entries(execution.runData ?? {}));
    states.clear();
    for (const [node, runs] of data.value) states.set(node, stateOf(runs));
  }

  /** Follows the server. Only the execution on show counts, or the first one to begin when none is. */
  function apply(event: PushEvent) {
    if (event.type === 'workflow-changed') return;
    if (event.type === 'execution-started' && event.mode === 'manual' && !isRunning.value)
      begin(event.executionId);
    if (event.executionId !== executionId.value) return;
    switch (event.type) {
      case 'execution-started':
        listening.value = undefined;
        status.value = 'running';
        return;
      case 'run-started':
        states.set(event.node, { ...(states.get(event.node) ?? NOTHING), status: 'running' });
        return;
      case 'run-finished':
        states.set(event.node, added(states.get(event.node) ?? NOTHING, event));
        return;
      case 'execution-finished':
        status.value = event.status;
        error.value = event.error;
        return;
      case 'listening-started':
        listening.value = { until: event.until, addresses: event.addresses };
        return;
      case 'listening-ended':
        listening.value = undefined;
        if (event.reason !== 'called') status.value = 'canceled';
        return;
      default:
        event satisfies never;
    }
  }

  return {
    executionId,
    status,
    error,
    listening,
    states,
    data,
    isRunning,
    reset,
    begin,
    show,
    apply,
  };
});

const NOTHING: NodeState = { status: 'running', counts: [], runCount: 0, durationMs: 0 };

function added(
  before: NodeState,
  {
    status,
    counts,
    durationMs,
    error,
  }: Pick<NodeState, 'status' | 'counts' | 'durationMs' | 'error'>,
): NodeState {
  const length = Math.max(before.counts.length, counts.length);
  return {
    status,
    counts: Array.from(
      { length },
      (_, index) => (before.counts[index] ?? 0) + (counts[index] ?? 0),
    ),
    runCount: before.runCount + 1,
    durationMs: before.durationMs + durationMs,
    error,
  };
}

const stateOf = (runs: readonly RunData[]): NodeState =>
  runs.reduce<NodeState>(
    (state, { status, outputs, durationMs, error }) =>
      added(state, {
        status,
        counts: outputs.map((batch) => batch?.length ?? 0),
        durationMs,
        error,
      }),
    NOTHING,
  );
