import { useWorkflowsStore } from './workflows.store.ts';
import { fileName, writeWorkflow } from './workflow-file.ts';

/** Gives a function that hands a workflow to the person as a file. */
export function useExport() {
  const workflows = useWorkflowsStore();

  return async (id: string): Promise<void> => {
    const workflow = await workflows.read(id);
    if (!workflow) return;
    const url = URL.createObjectURL(
      new Blob([writeWorkflow(workflow)], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName(workflow.name);
    link.click();
    URL.revokeObjectURL(url);
  };
}
