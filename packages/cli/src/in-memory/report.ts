import type { ErrorData, Outputs, RunSource } from '@millrace/workflow/items';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { InMemoryOutcome } from './execute-workflow.ts';

interface ReportedError {
  readonly message: string;
  readonly description: string | null;
  readonly node: string | null;
  readonly code: string | null;
  readonly name: string;
}

interface ReportedRun {
  readonly outputs: Outputs;
  readonly source: readonly (RunSource | null)[];
  readonly error?: ReportedError;
}

/** What `millrace execute --json` prints (contract: CLI). */
export interface ExecutionReport {
  readonly status: InMemoryOutcome['status'];
  readonly error: ReportedError | null;
  /** One entry per run, in time order. */
  readonly order: readonly string[];
  readonly runData: Readonly<Record<string, readonly ReportedRun[]>>;
  readonly response: WebhookResponse | null;
  readonly customData?: Readonly<Record<string, string>>;
}

/** An outcome as the command line prints it. */
export function toReport(outcome: InMemoryOutcome): ExecutionReport {
  const runs = [...outcome.runs].toSorted((a, b) => a.seq - b.seq);
  const byNode = new Map<string, ReportedRun[]>();
  for (const { node, outputs, sources, error } of runs) {
    const own = byNode.get(node) ?? [];
    own.push({
      outputs: outputs.map((batch) => batch ?? []),
      source: sources,
      ...(error && { error: toError(error) }),
    });
    byNode.set(node, own);
  }
  return {
    status: outcome.status,
    error: outcome.error ? toError(outcome.error) : null,
    order: runs.map(({ node }) => node),
    runData: Object.fromEntries(byNode),
    response: outcome.response ?? null,
    ...(outcome.customData && { customData: outcome.customData }),
  };
}

const toError = ({ message, description, node, code, name }: ErrorData): ReportedError => ({
  message,
  description: description ?? null,
  node: node ?? null,
  code: code ?? null,
  name,
});
