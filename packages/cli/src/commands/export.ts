import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { toN8n } from '@millrace/workflow/compat';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { ArgError } from '../arg.error.ts';
import { withInstance, type Instance } from '../instance.ts';

export default defineCommand({
  meta: {
    name: 'export',
    description: 'Write workflows to a folder, one file each, without secrets',
  },
  args: {
    all: { type: 'boolean', description: 'Every workflow' },
    id: { type: 'string', description: 'One workflow' },
    dir: { type: 'string', description: 'Folder to write to', required: true },
    format: { type: 'string', default: 'millrace', description: 'millrace or n8n' },
  },
  run: ({ args }) =>
    withInstance(async (instance) => {
      const write = writerOf(args.format);
      await mkdir(args.dir, { recursive: true });
      for (const id of await idsOf(args, instance)) {
        const workflow = await instance.services.workflows.get(instance.caller, id);
        const file = join(args.dir, `${fileName(workflow.name)}-${id}.json`);
        await writeFile(file, `${JSON.stringify(write(workflow), null, 2)}\n`);
        console.log(file);
      }
    }),
});

function writerOf(format: string): (workflow: WorkflowJson) => object {
  if (format === 'n8n') return (workflow) => toN8n(drawingOf(workflow));
  if (format === 'millrace') return drawingOf;
  throw new ArgError('--format', format, 'Use millrace or n8n');
}

/** What changes at each save or is this instance's own: a file changes only when the drawing does. */
const INSTANCE_KEYS: ReadonlySet<string> = new Set([
  'active',
  'projectId',
  'publishedVersionId',
  'hasUnpublishedChanges',
  'revision',
  'createdAt',
  'updatedAt',
]);

function drawingOf(workflow: WorkflowJson): WorkflowJson {
  const { id, name, nodes, connections, settings, ...others } = workflow;
  const kept = Object.entries(others).filter(([key]) => !INSTANCE_KEYS.has(key));
  return {
    ...(id !== undefined && { id }),
    name,
    nodes,
    connections,
    ...(settings && { settings }),
    ...Object.fromEntries(kept),
  };
}

async function idsOf(
  { all, id }: { readonly all?: boolean | undefined; readonly id?: string | undefined },
  { services, caller }: Instance,
): Promise<string[]> {
  if (id !== undefined) return [id];
  if (!all) throw new ArgError('--id', undefined, 'Say --all or --id ID');
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page: Awaited<ReturnType<typeof services.workflows.list>> = await services.workflows.list(
      caller,
      cursor === undefined ? {} : { cursor },
    );
    ids.push(...page.data.map((row) => row.id));
    if (page.nextCursor === null) return ids.toSorted();
    cursor = page.nextCursor;
  }
}

const fileName = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'workflow';
