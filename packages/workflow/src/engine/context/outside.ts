import { NodeError } from '../../errors/index.ts';
import type { NodeJson } from '../../graph/index.ts';
import type { ExecuteContext } from '../../node-api/index.ts';
import type { HostPort } from '../../ports/index.ts';
import type { Execution } from '../execution.ts';
import type { CredentialRef } from '../run-execution.types.ts';
import { CredentialMissingError } from './credential.error.ts';

type Outside = Pick<
  ExecuteContext,
  'http' | 'hosts' | 'files' | 'llm' | 'credential' | 'code' | 'runWorkflow'
>;

/**
 * The ways out of a node, each with the node's own credentials. What the execution's end has to reach gets its
 * signal, unless the node gives one of its own.
 */
export function outsideOf(
  node: NodeJson,
  { ports, request: about, signal }: Execution,
  { runIndex, attempt }: { readonly runIndex: number; readonly attempt: number },
): Outside {
  const { executionId, mode, workflow } = about;
  const calls = { count: 0 };
  const llmRef = node.credentials?.['llmApi'];
  return {
    http: {
      async request({ authentication, ...asked }) {
        const request = { signal, ...asked };
        if (authentication === undefined) return ports.http.request(request);
        return ports.signedRequest(authentication, refOf(node, authentication), request);
      },
    },
    hosts: ports.hosts ?? onlyHttp,
    ...(ports.files && { files: ports.files }),
    code: { run: (request) => ports.code.run({ signal, ...request }) },
    runWorkflow: (asked) =>
      ports.runWorkflow(asked, {
        executionId,
        workflowId: workflow.id ?? '',
        mode,
        call: `${node.id}:${runIndex}:${attempt}:${calls.count++}`,
        signal,
      }),
    credential: async (type) => ports.credential(type, refOf(node, type)),
    ...(llmRef && ports.llm && { llm: ports.llm(llmRef, { node: node.name }) }),
  };
}

function refOf(node: NodeJson, type: string): CredentialRef {
  const ref = node.credentials?.[type];
  if (!ref) throw new CredentialMissingError(node.name, type);
  return ref;
}

const onlyHttp: HostPort = {
  async locate(host) {
    throw new NodeError(`No connection to "${host}": this run may only speak HTTP`, { node: '' });
  },
};
