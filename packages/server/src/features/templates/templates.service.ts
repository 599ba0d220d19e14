import type { Template, TemplateDetail, TemplateUse } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { isNote, parseWorkflow, type WorkflowJson } from '@millrace/workflow/graph';
import type { NodePackage, WorkflowTemplate } from '@millrace/workflow/node-api';
import { TemplateCopyEntity, type Database } from '../../db/index.ts';
import { SYSTEM, type Caller } from '../../platform/index.ts';
import type { WorkflowService } from '../workflows/index.ts';

export type TemplateService = ReturnType<typeof createTemplateService>;

interface TemplateServiceOptions {
  readonly db: Database;
  readonly packages: readonly NodePackage[];
  readonly workflows: WorkflowService;
}

interface Known {
  readonly shown: Template;
  readonly workflow: WorkflowJson;
}

/** Ready-made workflows of the installed packages. */
export function createTemplateService({ db, packages, workflows }: TemplateServiceOptions) {
  const all = new Map(
    packages.flatMap((each) =>
      (each.templates ?? []).map((template) => [template.id, read(each.name, template)] as const),
    ),
  );
  const copies = db.source.getRepository(TemplateCopyEntity);

  function find(id: string): Known {
    const found = all.get(id);
    if (!found) throw new NotFoundError('template', id);
    return found;
  }

  const draw = (id: string, caller: Caller, { projectId, name }: TemplateUse) => {
    const { workflow } = find(id);
    return workflows.create(caller, {
      ...workflow,
      ...(name !== undefined && { name }),
      ...(projectId !== undefined && { projectId }),
    });
  };

  return {
    list: (): Template[] => [...all.values()].map(({ shown }) => shown),

    get(id: string): TemplateDetail {
      const { shown, workflow } = find(id);
      return { ...shown, workflow };
    },

    /** Makes a draft of it. */
    use: (caller: Caller, id: string, use: TemplateUse) => draw(id, caller, use),

    /** The workflow a project's programmes run in place of a template; made when there is none. */
    async copyOf(templateId: string, projectId: string): Promise<string> {
      const known = await copies.findOneBy({ projectId, templateId });
      if (known) return known.workflowId;
      const { id } = await draw(templateId, SYSTEM, { projectId });
      // Of two that made one at once, the first is kept.
      const kept = await db.transaction(async (manager) => {
        await manager
          .createQueryBuilder()
          .insert()
          .into(TemplateCopyEntity)
          .values({ projectId, templateId, workflowId: id })
          .orIgnore()
          .execute();
        return manager.findOneByOrFail(TemplateCopyEntity, { projectId, templateId });
      });
      if (kept.workflowId !== id) await workflows.remove(SYSTEM, id);
      return kept.workflowId;
    },
  };
}

function read(packageName: string, template: WorkflowTemplate): Known {
  const { id, name, description, tags = [] } = template;
  const { workflow } = parseWorkflow({ name, ...template.workflow });
  const nodes = workflow.nodes.filter((node) => !isNote(node));
  return {
    workflow,
    shown: {
      id,
      name,
      description,
      tags: [...tags],
      package: packageName,
      nodeTypes: [...new Set(nodes.map(({ type }) => type))],
      credentialTypes: [...new Set(nodes.flatMap((node) => Object.keys(node.credentials ?? {})))],
    },
  };
}
