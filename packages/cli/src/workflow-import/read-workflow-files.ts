import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findWorkflows, fromN8n, type ImportReport } from '@millrace/workflow/compat';
import { isMillraceError } from '@millrace/workflow/errors';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { ArgError } from '../arg.error.ts';
import { readJson } from '../read-json.ts';

/** One workflow in a file, or why the file has none. */
export interface FoundWorkflow {
  readonly file: string;
  readonly workflow?: WorkflowJson;
  readonly report?: ImportReport;
  readonly error?: string;
}

/**
 * Reads the workflows in a file, or in all `.json` files below a folder. A file that cannot be read is
 * told in its place; the others are read all the same.
 *
 * @throws {ArgError} when `path` names nothing.
 */
export async function readWorkflowFiles(
  path: string,
  registry: NodeRegistry,
): Promise<FoundWorkflow[]> {
  const found: FoundWorkflow[] = [];
  for (const file of await filesAt(path)) found.push(...(await readFile(file, registry)));
  return found;
}

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

async function readFile(file: string, registry: NodeRegistry): Promise<FoundWorkflow[]> {
  try {
    const json = await readJson('PATH', file);
    return findWorkflows(json).map((each) => ({ file, ...readOne(each, registry) }));
  } catch (error) {
    if (!isMillraceError(error)) throw error;
    return [{ file, error: error.fix ?? error.message }];
  }
}

function readOne(json: unknown, registry: NodeRegistry): Omit<FoundWorkflow, 'file'> {
  const { workflow, report } = fromN8n(json, registry);
  if (workflow.nodes.length > 0) return { workflow, report };
  const [problem] = report.problems;
  return { error: problem ? `${problem.message}. ${problem.fix}` : 'There are no nodes in it' };
}
