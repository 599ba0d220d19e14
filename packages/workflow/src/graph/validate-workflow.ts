import { NodeTypeError } from '../errors/index.ts';
import { checkSyntax } from '../expression/index.ts';
import type { NodeRegistry } from '../node-api/index.ts';
import { normalizeParameters } from '../parameters/normalize.ts';
import { adviseParameters } from '../parameters/parameter-advice.ts';
import { locateParameterIssues } from '../parameters/parameter-issues.ts';
import type { ParameterIssue } from '../parameters/walk-parameters.ts';
import { isNote } from './note.ts';
import type { Problem } from './problem.ts';
import { referencedNodes } from './rename-references.ts';
import type { NodeJson, WorkflowJson } from './workflow-json.ts';

/**
 * What will go wrong when the workflow runs, as far as it can be told without running it: unknown node types,
 * required parameters without a value, expressions that do not parse, references to nodes that are not there.
 * What may be meant all the same is a warning: values that do not look like what a parameter takes.
 *
 * Disabled nodes are looked at too, but what is wrong with them is a warning.
 */
export function validateWorkflow(workflow: WorkflowJson, registry: NodeRegistry): Problem[] {
  const names = new Set(workflow.nodes.map((node) => node.name));
  return workflow.nodes
    .filter((node) => !isNote(node))
    .flatMap((node) => [
      ...typeAndParameterProblems(node, registry),
      ...textsOf(node.parameters, '').flatMap(({ path, text }) =>
        expressionProblems(node, path, text, names),
      ),
    ]);
}

function typeAndParameterProblems(node: NodeJson, registry: NodeRegistry): Problem[] {
  const severity: Problem['severity'] = node.disabled ? 'warning' : 'error';
  const type = registry.find(node.type, node.typeVersion);
  if (!type) {
    const versions = registry
      .list()
      .filter(({ description }) => description.name === node.type)
      .flatMap(({ description }) => description.version);
    const { code, message, fix = '' } = new NodeTypeError(node.type, node.typeVersion, versions);
    return [{ code, message, fix, node: node.name, field: 'type', severity }];
  }
  const version = node.typeVersion;
  const values = normalizeParameters(type.description, node.parameters, { version });
  const problem = ({ path, message }: ParameterIssue): Omit<Problem, 'severity'> => ({
    code: 'NODE_PARAM_INVALID',
    message,
    fix: `Open "${node.name}" and set it`,
    node: node.name,
    field: path,
  });
  const issues = locateParameterIssues(type.description, values, node);
  const named = new Set(issues.map(({ path }) => path));
  const advice = adviseParameters(type.description, values, node);
  return [
    ...issues.map((issue) => ({ ...problem(issue), severity })),
    ...advice
      .filter(({ path }) => !named.has(path))
      .map((issue) => ({ ...problem(issue), severity: ADVICE })),
  ];
}

const ADVICE: Problem['severity'] = 'warning';

function expressionProblems(
  node: NodeJson,
  path: string,
  text: string,
  names: ReadonlySet<string>,
): Problem[] {
  if (!text.startsWith('=')) return [];
  const broken = checkSyntax(text).map(({ message }): Problem => ({
    code: 'EXPR_SYNTAX',
    message,
    fix: 'Correct the expression',
    node: node.name,
    field: path,
    severity: node.disabled ? 'warning' : 'error',
  }));
  const missing = referencedNodes(text)
    .filter((name) => !names.has(name))
    .map((name): Problem => ({
      code: 'EXPR_FAILED',
      message: `"${name}" is referred to, but there is no such node`,
      fix: 'Correct the name, or add the node',
      node: node.name,
      field: path,
      severity: 'warning',
    }));
  return [...broken, ...missing];
}

function textsOf(value: unknown, path: string): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    return textsOf(each, `${path}${step}`);
  });
}
