import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { fromN8n } from '@millrace/workflow/compat';
import { ArgError } from '../arg.error.ts';
import { withInstance } from '../instance.ts';
import { readJson } from '../read-json.ts';

export default defineCommand({
  meta: {
    name: 'import',
    description: 'Store workflows from a file or a folder of files as drafts',
  },
  args: { path: { type: 'positional', description: 'FILE or DIR', required: true } },
  run: ({ args }) =>
    withInstance(async ({ services, caller }) => {
      for (const file of await filesAt(args.path)) {
        for (const json of await workflowsIn(file)) {
          const { workflow, notes } = fromN8n(json);
          const { id, name } = await services.workflows.create(caller, workflow);
          console.log(JSON.stringify({ file, id, name, notes }));
        }
      }
    }),
});

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new ArgError('PATH', path, 'Name a file or folder that exists');
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(path, name));
}

/** A workflow, a list of them, or `{workflows: […]}`. */
async function workflowsIn(file: string): Promise<readonly unknown[]> {
  const json = await readJson('PATH', file);
  if (Array.isArray(json)) return json;
  const several =
    typeof json === 'object' && json !== null && 'workflows' in json && json.workflows;
  return Array.isArray(several) ? several : [json];
}
