import { NotFoundError } from '@millrace/workflow/errors';
import type { LlmPort } from '@millrace/workflow/ports';
import type { LlmOf } from '../../runtime/index.ts';
import type { CredentialSecrets } from '../credentials/index.ts';
import { createModelPort, type ModelPortOptions } from './model-port.ts';

/** Models of a project for work that belongs to no workflow; undefined without a credential. */
export type LlmOfProject = (
  projectId: string,
  /** On whose account its calls are, beside the project's. */
  about: { readonly jobId: string; readonly job: string },
) => Promise<LlmPort | undefined>;

/** Language models, by who asks. */
export function createLlmService(
  options: ModelPortOptions & { readonly secrets: CredentialSecrets },
): {
  readonly ofWorkflow: LlmOf;
  readonly ofProject: LlmOfProject;
} {
  const { secrets } = options;
  const port = createModelPort(options);
  return {
    ofWorkflow: (ref, about) =>
      port(async () => {
        const credential = await secrets.ofWorkflow(TYPE, ref, about.workflowId);
        return { credential, of: { ...about, projectId: credential.projectId } };
      }),

    async ofProject(projectId, { jobId, job }) {
      const first = await secrets.ofProject(TYPE, projectId);
      if (!first) return undefined;
      const of = { projectId, workflowId: '', executionId: jobId, node: job };
      return port(async () => {
        const credential = await secrets.ofProject(TYPE, projectId);
        if (!credential) throw new NotFoundError('credential', first.id);
        return { credential, of };
      });
    },
  };
}

const TYPE = 'llmApi';
