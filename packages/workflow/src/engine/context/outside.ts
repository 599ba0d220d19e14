import { NodeError } from '../../errors/index.ts';
import type { NodeJson } from '../../graph/index.ts';
import type { JsonObject } from '../../items/index.ts';
import type { ExecuteContext } from '../../node-api/index.ts';
import type { CodePort, HostPort, HttpPort, LlmPort } from '../../ports/index.ts';
import type { Execution } from '../execution.ts';
import type { CredentialRef } from '../run-execution.types.ts';
import { CredentialMissingError } from './credential.error.ts';

/**
 * The ways out of a node, each with the node's own credentials. What the execution's end has to reach gets its
 * signal, unless the node gives one of its own.
 */
/** Which attempt of a node goes out. */
interface AttemptNumber {
  readonly runIndex: number;
  readonly attempt: number;
}

export const httpOf = (node: NodeJson, execution: Execution, number: AttemptNumber): HttpPort => ({
  async request({ authentication, ...asked }) {
    const { ports, signal } = execution;
    const request = { signal, ...asked };
    if (authentication === undefined) return ports.http.request(request);
    const { runIndex, attempt } = number;
    const use = { node: node.name, runIndex, attempt, signal };
    return ports.signedRequest(authentication, refOf(node, authentication), request, use);
  },
});

export const codeOf = ({ ports, signal }: Execution): CodePort => ({
  run: (request) => ports.code.run({ signal, ...request }),
});

/** Each call of an attempt has a number, so that a child is known again after a crash. */
export function subworkflowsOf(
  node: NodeJson,
  { ports, request, signal }: Execution,
  { runIndex, attempt }: AttemptNumber,
): ExecuteContext['runWorkflow'] {
  const { executionId, mode, workflow } = request;
  const calls = { count: 0 };
  return (asked) =>
    ports.runWorkflow(asked, {
      executionId,
      workflowId: workflow.id ?? '',
      mode,
      call: `${node.id}:${runIndex}:${attempt}:${calls.count++}`,
      signal,
    });
}

/** @throws {CredentialMissingError} */
export const credentialOf = (
  node: NodeJson,
  { ports, signal }: Execution,
  { type, ...number }: AttemptNumber & { readonly type: string },
): Promise<JsonObject> =>
  ports.credential(type, refOf(node, type), { ...number, node: node.name, signal });

export function llmOf(node: NodeJson, { ports }: Execution): LlmPort | undefined {
  const ref = node.credentials?.['llmApi'];
  return ref && ports.llm?.(ref, { node: node.name });
}

function refOf(node: NodeJson, type: string): CredentialRef {
  const ref = node.credentials?.[type];
  if (!ref) throw new CredentialMissingError(node.name, type);
  return ref;
}

export const onlyHttp: HostPort = {
  async locate(host) {
    throw new NodeError(`No connection to "${host}": this run may only speak HTTP`, { node: '' });
  },
};
