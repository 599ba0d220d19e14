import { wiresOf, type Wire } from './connections.ts';
import type { NodeJson, WorkflowJson } from './workflow-json.ts';

/** What the engine and the editor ask of a workflow's shape. Main wires only. */
export interface WorkflowGraph {
  readonly nodes: ReadonlyMap<string, NodeJson>;
  /** Wires leaving a node, by output index. */
  outgoing(name: string): readonly (readonly Wire[])[];
  /** Wires entering a node, by input index. */
  incoming(name: string): readonly (readonly Wire[])[];
  /** One more than the highest wired input index: more than one makes a join (n8n-facts A6.22). */
  inputCount(name: string): number;
  /** Every node from which `name` can be reached, nearest first, without `name` unless it is in a cycle. */
  ancestors(name: string): ReadonlySet<string>;
  /** Every node that can be reached from `name`, nearest first. */
  descendants(name: string): ReadonlySet<string>;
  /** Nodes nothing leads to, in the order of the JSON. */
  roots(): readonly string[];
  /** A topological order; wires that close a cycle are disregarded. */
  order(): readonly string[];
  /** Nodes that can reach themselves. */
  cyclic(): ReadonlySet<string>;
}

/**
 * Indexes a workflow once, so that questions cost what they return. Wires to missing nodes are left out.
 * The same workflow object gives the same graph: workflows do not change, they are replaced.
 */
export function createGraph(workflow: WorkflowJson): WorkflowGraph {
  const known = GRAPHS.get(workflow);
  if (known) return known;
  const graph = indexWorkflow(workflow);
  GRAPHS.set(workflow, graph);
  return graph;
}

const GRAPHS = new WeakMap<WorkflowJson, WorkflowGraph>();

function indexWorkflow(workflow: WorkflowJson): WorkflowGraph {
  const nodes = new Map(workflow.nodes.map((node) => [node.name, node]));
  const out = new Map<string, Wire[][]>();
  const into = new Map<string, Wire[][]>();
  for (const wire of wiresOf(workflow)) {
    if (wire.type !== 'main' || !nodes.has(wire.from) || !nodes.has(wire.to)) continue;
    slot(out, wire.from, wire.output).push(wire);
    slot(into, wire.to, wire.input).push(wire);
  }

  const outgoing = (name: string) => out.get(name) ?? NONE;
  const incoming = (name: string) => into.get(name) ?? NONE;
  const next = (name: string) => outgoing(name).flatMap((wires) => wires.map((wire) => wire.to));
  const before = (name: string) =>
    incoming(name).flatMap((wires) => wires.map((wire) => wire.from));
  const names = workflow.nodes.map((node) => node.name);

  const roots = names.filter((name) => incoming(name).every((wires) => wires.length === 0));

  return {
    nodes,
    outgoing,
    incoming,
    inputCount: (name) => incoming(name).length,
    ancestors: remembered((name) => reach(name, before)),
    descendants: remembered((name) => reach(name, next)),
    roots: () => roots,
    order: () => postOrder([...names, ...roots], next).toReversed(),
    cyclic: () => new Set(names.filter((name) => reach(name, next).has(name))),
  };
}

const NONE: readonly (readonly Wire[])[] = [];

function slot(index: Map<string, Wire[][]>, name: string, at: number): Wire[] {
  const slots = index.get(name) ?? [];
  index.set(name, slots);
  while (slots.length <= at) slots.push([]);
  return slots[at] ?? [];
}

/** The engine asks for the same few nodes again and again: start, joins, loops. */
function remembered<T>(ask: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const held = known.get(name) ?? ask(name);
    known.set(name, held);
    return held;
  };
}

function reach(name: string, step: (name: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>(step(name));
  for (const each of found) for (const further of step(each)) found.add(further);
  return found;
}

/** Depth first without recursion: a workflow of thousands of nodes in a row must not overflow the stack. */
function postOrder(names: readonly string[], next: (name: string) => readonly string[]): string[] {
  const seen = new Set<string>();
  const done: string[] = [];
  for (const root of names.toReversed()) {
    const path = seen.has(root) ? [] : [{ name: root, rest: next(root) }];
    seen.add(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const child = top.rest.find((each) => !seen.has(each));
      if (child === undefined) {
        done.push(top.name);
        path.pop();
      } else {
        seen.add(child);
        path.push({ name: child, rest: next(child) });
      }
    }
  }
  return done;
}
