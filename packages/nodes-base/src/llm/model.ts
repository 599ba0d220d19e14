import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { LlmPort } from '@millrace/workflow/ports';

/** The node's language model. @throws {NodeError} when it has no credential for one. */
export function modelOf({ llm, node }: ExecuteContext): LlmPort {
  if (llm) return llm;
  throw new NodeError(
    'There is no language model to ask',
    { node: node.name },
    { fix: 'Choose a credential of type "Language model" on the node, and run it on the server' },
  );
}

/** Names with commas or line breaks between them; `undefined` leaves the choice to the credential. */
export function modelNames(text: string | undefined): readonly string[] | undefined {
  const names = (text ?? '')
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length > 0 ? names : undefined;
}
