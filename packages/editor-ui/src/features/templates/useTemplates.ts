import {
  applyTemplate,
  getTemplate,
  listCredentials,
  listTemplates,
  type TemplateDetail,
} from '@millrace/api';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** The ready-made workflows of this server. */
export function useTemplates() {
  const { value, ...rest } = useResource(async () => (await api(listTemplates, {})).data);
  return { templates: value, ...rest };
}

/** One template, and which of its credentials are there already. */
export function useTemplate(id: string) {
  const attempt = useAttempt();
  const { value, problem, load } = useResource(async () => {
    const [template, credentials] = await Promise.all([
      api(getTemplate, { params: { id } }),
      api(listCredentials, { querystring: { limit: 250 } }),
    ]);
    return {
      template,
      needs: needsOf(template, new Set(credentials.data.map(({ type }) => type))),
    };
  });

  /** Makes a draft of it and returns the new workflow's id; undefined when it failed and was said so. */
  async function use(): Promise<string | undefined> {
    return (await attempt(() => api(applyTemplate, { params: { id }, body: {} })))?.id;
  }

  return { found: value, problem, load, use };
}

const needsOf = ({ credentialTypes }: TemplateDetail, owned: ReadonlySet<string>) =>
  credentialTypes.map((type) => ({ type, isThere: owned.has(type) }));
