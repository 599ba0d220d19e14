import { defineCommand } from 'citty';
import { createRegistry } from '@millrace/workflow/node-api';
import { openInstance } from '../instance.ts';
import { readWorkflowFiles, type FoundWorkflow } from '../workflow-import/read-workflow-files.ts';
import { describeImport } from '../workflow-import/describe-import.ts';
import { storeWorkflows, type StoredWorkflow } from '../workflow-import/store-workflows.ts';
import { packages } from '../packages.ts';

export default defineCommand({
  meta: {
    name: 'import',
    description:
      'Store workflows as drafts: n8n exports, templates, clipboard fragments, or a folder of them',
  },
  args: {
    path: { type: 'positional', description: 'FILE or DIR', required: true },
    check: { type: 'boolean', description: 'Only report: store nothing' },
    json: { type: 'boolean', description: 'The report as JSON on stdout, nothing on stderr' },
  },
  async run({ args }) {
    const registry = createRegistry(packages.flatMap(({ nodes }) => nodes));
    const found = await readWorkflowFiles(args.path, registry);
    const results = args.check ? found : await store(found);
    for (const result of results) {
      const { file, report } = result;
      const id = 'id' in result ? result.id : undefined;
      const error = 'error' in result ? result.error : undefined;
      const name = result.workflow?.name;
      console.log(JSON.stringify({ file, id, name, error, ...(args.json && { report }) }));
    }
    if (!args.json) console.error(describeImport(results));
    if (results.some((result) => result.error !== undefined)) process.exitCode = 1;
  },
});

async function store(found: readonly FoundWorkflow[]): Promise<StoredWorkflow[]> {
  const instance = await openInstance();
  try {
    return await storeWorkflows(found, {
      create: (workflow) => instance.services.workflows.create(instance.caller, workflow),
      save: (id, workflow, revision) =>
        instance.services.workflows.save(instance.caller, id, { ...workflow, revision }),
    });
  } finally {
    await instance.close();
  }
}
