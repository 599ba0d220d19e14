import type { Problem } from './problem.ts';
import { isPlainObject, isSafeKey, recordOf } from './plain-object.ts';
import { parseConnections } from './parse-connections.ts';
import type { NodeJson, PinnedItem, WorkflowJson } from './workflow-json.ts';

export interface ParsedWorkflow {
  readonly workflow: WorkflowJson;
  readonly problems: readonly Problem[];
}

/**
 * Reads n8n workflow JSON of any provenance: a file, a REST body, the clipboard, a template's wrapper.
 *
 * Never throws. What cannot be read is left out and named in `problems`; keys nobody knows are kept.
 * A missing `settings.executionOrder` stays missing: it means the legacy order.
 */
export function parseWorkflow(json: unknown): ParsedWorkflow {
  const problems: Problem[] = [];
  const source = isPlainObject(json) && isPlainObject(json.workflow) ? json.workflow : json;
  if (!isPlainObject(source)) {
    problems.push(
      problem('A workflow must be a JSON object', 'Give an object with nodes and connections'),
    );
    return { workflow: { name: 'Workflow', nodes: [], connections: {} }, problems };
  }

  const others = safeEntries(source, problems, '').filter(([key]) => !READ.has(key));
  const nodes = parseNodes(source.nodes, problems);
  const names = new Set(nodes.map((node) => node.name));
  const settings = parseObject(source.settings, 'settings', problems);
  const pinData = parsePins(source.pinData, names, problems);
  const workflow: WorkflowJson = {
    ...Object.fromEntries(others),
    name: typeof source.name === 'string' && source.name !== '' ? source.name : 'Workflow',
    nodes,
    connections: parseConnections(source.connections, names, problems),
    ...(typeof source.id === 'string' && { id: source.id }),
    ...(typeof source.id === 'number' && { id: String(source.id) }),
    ...(settings && { settings }),
    ...(pinData && { pinData }),
  };
  return { workflow, problems };
}

const READ = new Set(['id', 'name', 'nodes', 'connections', 'settings', 'pinData']);

function parseNodes(value: unknown, problems: Problem[]): NodeJson[] {
  if (value === undefined) {
    problems.push(problem('The workflow has no nodes', 'Give a list of nodes', { field: 'nodes' }));
    return [];
  }
  if (!Array.isArray(value)) {
    problems.push(problem('"nodes" must be a list', 'Give a list of nodes', { field: 'nodes' }));
    return [];
  }
  const nodes: NodeJson[] = [];
  const names = new Set<string>();
  for (const [index, each] of value.entries()) {
    const node = parseNode(each, `nodes[${index}]`, problems);
    if (!node) continue;
    if (names.has(node.name)) {
      problems.push(
        problem(
          `Two nodes are called "${node.name}"; the second was left out`,
          'Rename one of them',
          {
            node: node.name,
            field: `nodes[${index}].name`,
          },
        ),
      );
      continue;
    }
    names.add(node.name);
    nodes.push(node);
  }
  return nodes;
}

function parseNode(value: unknown, field: string, problems: Problem[]): NodeJson | undefined {
  if (!isPlainObject(value)) {
    problems.push(problem('A node must be an object', 'Remove it or write it anew', { field }));
    return undefined;
  }
  const { name, type } = value;
  if (typeof name !== 'string' || name === '' || !isSafeKey(name)) {
    problems.push(
      problem(`A node needs a name that is a text, not ${JSON.stringify(name)}`, 'Name it', {
        field,
      }),
    );
    return undefined;
  }
  if (typeof type !== 'string' || type === '') {
    problems.push(
      problem(`Node "${name}" has no type`, 'Set its type', { node: name, field: `${field}.type` }),
    );
    return undefined;
  }
  const warn = (message: string, key: string) =>
    problems.push(problem(message, 'Correct it', { node: name, field: key, severity: 'warning' }));

  const typeVersion = Number(value.typeVersion ?? 1);
  if (!Number.isFinite(typeVersion))
    warn(`typeVersion of "${name}" is not a number`, 'typeVersion');
  const position = parsePosition(value.position);
  if (!position && value.position !== undefined) {
    warn(`position of "${name}" is not a pair of numbers`, 'position');
  }
  const parameters = value.parameters ?? {};
  if (!isPlainObject(parameters)) warn(`parameters of "${name}" is not an object`, 'parameters');

  return {
    ...Object.fromEntries(safeEntries(value, problems, field)),
    id: typeof value.id === 'string' ? value.id : name,
    name,
    type,
    typeVersion: Number.isFinite(typeVersion) ? typeVersion : 1,
    position: position ?? [0, 0],
    parameters: isPlainObject(parameters) ? withoutUnsafe(parameters, problems, name) : {},
  };
}

function parsePosition(value: unknown): readonly [number, number] | undefined {
  const pair = isPlainObject(value) ? [value.x, value.y] : value;
  if (!Array.isArray(pair)) return undefined;
  const [x, y]: unknown[] = pair;
  return Number.isFinite(x) && Number.isFinite(y) ? [Number(x), Number(y)] : undefined;
}

/** Own copies without the keys that reach a prototype, at any depth. */
function withoutUnsafe(
  parameters: Readonly<Record<string, unknown>>,
  problems: Problem[],
  node: string,
): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    return isPlainObject(value) ? cleanObject(value) : value;
  };
  const cleanObject = (value: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      safeEntries(value, problems, 'parameters', node).map(([key, each]) => [key, clean(each)]),
    );
  return cleanObject(parameters);
}

function safeEntries(
  value: Readonly<Record<string, unknown>>,
  problems: Problem[],
  field: string,
  node?: string,
): [string, unknown][] {
  return Object.entries(value).filter(([key]) => {
    if (isSafeKey(key)) return true;
    problems.push(
      problem(`The key "${key}" is refused`, 'Remove it', { field, ...(node && { node }) }),
    );
    return false;
  });
}

function parseObject(value: unknown, field: string, problems: Problem[]) {
  if (value == null) return undefined;
  if (isPlainObject(value)) return Object.fromEntries(safeEntries(value, problems, field));
  problems.push(problem(`"${field}" must be an object`, 'Remove it or write it anew', { field }));
  return undefined;
}

function parsePins(value: unknown, names: ReadonlySet<string>, problems: Problem[]) {
  const pins = parseObject(value, 'pinData', problems);
  if (!pins) return undefined;
  const kept: [string, PinnedItem[]][] = [];
  for (const [name, items] of Object.entries(pins)) {
    if (!Array.isArray(items)) {
      problems.push(
        problem(`Pinned data of "${name}" is not a list`, 'Pin it again', {
          node: name,
          field: 'pinData',
        }),
      );
      continue;
    }
    if (!names.has(name)) {
      problems.push(
        problem(`Data is pinned to "${name}", which is no node`, 'Nothing: it is not used', {
          node: name,
          field: 'pinData',
          severity: 'warning',
        }),
      );
    }
    kept.push([name, items.map(pinnedItem)]);
  }
  return recordOf(kept);
}

/** n8n also accepts the bare JSON of an item as a pinned item. */
const pinnedItem = (item: unknown): PinnedItem => {
  if (!isPlainObject(item)) return { json: { data: item } };
  return isPlainObject(item.json) ? { ...item, json: item.json } : { json: item };
};

const problem = (
  message: string,
  fix: string,
  where: Partial<Pick<Problem, 'node' | 'field' | 'severity'>> = {},
): Problem => ({ code: 'GRAPH_INVALID', message, fix, severity: 'error', ...where });
