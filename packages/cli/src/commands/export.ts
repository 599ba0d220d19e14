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
  if (format === 'n8n') return toN8n;
  if (format === 'millrace') return drawingOf;
  throw new ArgError('--format', format, 'Use millrace or n8n');
}

/** Without what changes at each save, so that a file changes only when the drawing does. */
function drawingOf(workflow: WorkflowJson): object {
  const { id, name, nodes, connections, settings, pinData } = workflow;
  return { id, name, nodes, connections, settings, ...(pinData && { pinData }) };
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
