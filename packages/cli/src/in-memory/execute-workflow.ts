import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { MemoryStorage } from '@millrace/server/packages';
import { runExecution, type EnginePorts, type ExecutionOutcome } from '@millrace/workflow/engine';
import { NotFoundError } from '@millrace/workflow/errors';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { Batch, JsonObject } from '@millrace/workflow/items';
import type {
  ExecutionMode,
  NodeLogger,
  NodeRegistry,
  SubworkflowCall,
  SubworkflowResult,
  WebhookResponse,
} from '@millrace/workflow/node-api';
import type { BinaryPort, Clock, CodePort } from '@millrace/workflow/ports';
import { sendSigned, type CredentialTypes, type Egress } from '@millrace/server/egress';
import { childStart, findChild, lastOutputs } from './child-workflow.ts';

/** A credential as `execute --batch` brings it: kept in memory only. */
export interface InMemoryCredential {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly data: JsonObject;
}

export interface InMemoryRequest {
  readonly workflow: WorkflowJson;
  /** Others it may call, by id or name. */
  readonly others?: readonly WorkflowJson[];
  /** Whether the others count as published; if not, only the direct child of a manual run can be called. */
  readonly arePublished?: boolean;
  readonly credentials?: readonly InMemoryCredential[];
  readonly mode?: ExecutionMode;
  readonly startNode?: string;
  readonly destination?: string;
  readonly input?: Batch;
  readonly signal?: AbortSignal;
  /** Made up when left out. */
  readonly executionId?: string;
  /** The machine's own when left out. */
  readonly clock?: Clock;
}

/** What all executions of one command share. */
export interface InMemoryHost {
  readonly nodes: NodeRegistry;
  readonly code: CodePort;
  readonly http: Egress;
  readonly types: CredentialTypes;
  readonly binary: BinaryPort;
  readonly logger: NodeLogger;
  /** Tables for one execution and what it calls: nothing of one is seen by the next. */
  openStorage(): MemoryStorage;
}

export interface InMemoryOutcome extends ExecutionOutcome {
  /** What a Respond node answered, if one ran. */
  readonly response?: WebhookResponse;
}

/** The machine's own time. */
export const machineClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => delay(ms, undefined, { ...(signal && { signal }) }),
};

/** Runs one workflow to its end: nothing is kept. */
export async function executeInMemory(
  request: InMemoryRequest,
  host: InMemoryHost,
): Promise<InMemoryOutcome> {
  const storage = host.openStorage();
  try {
    return await executeOn(storage, request, host);
  } finally {
    await storage.close();
  }
}

async function executeOn(
  storage: MemoryStorage,
  request: InMemoryRequest,
  host: InMemoryHost,
): Promise<InMemoryOutcome> {
  const staticData = new Map<string, Record<string, unknown>>();
  let response: WebhookResponse | undefined;

  const ports = (workflow: WorkflowJson): EnginePorts => ({
    ...host,
    storage,
    journal: { record: () => undefined },
    clock: request.clock ?? machineClock,
    random: { next: Math.random, uuid: randomUUID },
    credential: async (type, ref) => findCredential(request.credentials ?? [], type, ref).data,
    signedRequest: async (type, ref, sent) => {
      const found = findCredential(request.credentials ?? [], type, ref);
      return sendSigned({ ...found, hosts: [] }, sent, { egress: host.http, types: host.types });
    },
    hosts: host.http,
    runWorkflow: runChild,
    respond: async (answer) => {
      response ??= answer;
    },
    staticData: (scope) => {
      const key = `${workflow.id ?? workflow.name}/${scope === 'global' ? 'global' : `node:${scope.node}`}`;
      const held = staticData.get(key) ?? {};
      staticData.set(key, held);
      return held;
    },
  });

  async function runChild(
    call: SubworkflowCall,
    parent: Parameters<EnginePorts['runWorkflow']>[1],
  ): Promise<SubworkflowResult> {
    const child = findChild(call, parent, request);
    const executionId = randomUUID();
    const start = childStart(child);
    const outcome = await runExecution(
      {
        executionId,
        workflow: child,
        mode: 'integrated',
        ...(start && { start: { node: start.name, items: call.items } }),
        ...(parent.signal && { signal: parent.signal }),
      },
      ports(child),
    );
    return { executionId, outputs: lastOutputs(outcome) };
  }

  const { startNode, destination, input, signal } = request;
  const outcome = await runExecution(
    {
      executionId: request.executionId ?? randomUUID(),
      workflow: request.workflow,
      mode: request.mode ?? 'manual',
      ...((startNode || input) && {
        start: { ...(startNode && { node: startNode }), ...(input && { outputs: [input] }) },
      }),
      ...(destination && { destination }),
      ...(signal && { signal }),
    },
    ports(request.workflow),
  );
  return { ...outcome, ...(response && { response }) };
}

function findCredential(
  held: readonly InMemoryCredential[],
  type: string,
  ref: { readonly id: string | null; readonly name: string },
): InMemoryCredential {
  const found = held.find(
    (each) => each.type === type && (each.id === ref.id || each.name === ref.name),
  );
  if (!found) throw new NotFoundError('credential', ref.name);
  return found;
}
