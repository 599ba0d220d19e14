import { evaluate } from '@millrace/workflow/expression';
import type { NodeJson } from '@millrace/workflow/graph';
import type { NodeDescription, PortDescription } from '@millrace/workflow/node-api';
import { parameterScope } from './parameter-scope.ts';

/** One place where a wire may begin or end. */
export interface Port {
  readonly type: string;
  /** Among ports of the same type, as connections count them. */
  readonly index: number;
  /** What the user reads; empty for a lone unnamed port. */
  readonly name: string;
  readonly isError: boolean;
}

export interface NodePorts {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** How many wires of `main` already touch a node, for types we do not know. */
export interface WiredCount {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * The ports a node shows. A type we do not know gets those its wires use, one of each at least,
 * so that an import stays readable and repairable.
 */
export function portsOf(
  node: NodeJson,
  description: NodeDescription | undefined,
  wired: WiredCount,
): NodePorts {
  if (!description)
    return { inputs: plain(Math.max(1, wired.inputs)), outputs: plain(Math.max(1, wired.outputs)) };
  const inputs = listed(description.inputs, description.inputNames, node, description);
  const outputs = listed(description.outputs, description.outputNames, node, description);
  return {
    inputs: padded(inputs, wired.inputs),
    outputs: padded(withErrorPort(outputs, node), wired.outputs),
  };
}

const plain = (count: number): readonly Port[] =>
  Array.from({ length: count }, (_, index) => mainPort(index));

const mainPort = (index: number, name = ''): Port => ({
  type: 'main',
  index,
  name,
  isError: false,
});

/** A wire on a port that no longer exists must stay visible until the user moves it. */
function padded(ports: readonly Port[], wired: number): readonly Port[] {
  const main = ports.filter((port) => port.type === 'main').length;
  if (main >= wired) return ports;
  return [...ports, ...plain(wired).slice(main)];
}

function listed(
  declared: NodeDescription['inputs'],
  names: readonly string[] | undefined,
  node: NodeJson,
  description: NodeDescription,
): readonly Port[] {
  const counts = new Map<string, number>();
  return resolved(declared, node, description).map((entry, position) => {
    const type = typeof entry === 'string' ? entry : entry.type;
    const index = counts.get(type) ?? 0;
    counts.set(type, index + 1);
    const own = typeof entry === 'string' ? undefined : entry.displayName;
    return { type, index, name: own ?? names?.[position] ?? '', isError: false };
  });
}

function resolved(
  declared: NodeDescription['inputs'],
  node: NodeJson,
  description: NodeDescription,
): readonly (string | PortDescription)[] {
  if (typeof declared !== 'string') return declared;
  try {
    const value = evaluate(declared, parameterScope(node, description), 0);
    return Array.isArray(value) ? value.filter(isPort) : ['main'];
  } catch {
    // A half-filled parameter can make the expression fail; one plain port keeps the node usable.
    return ['main'];
  }
}

const isPort = (value: unknown): value is string | PortDescription =>
  typeof value === 'string' ||
  (typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string');

function withErrorPort(outputs: readonly Port[], node: NodeJson): readonly Port[] {
  if (node.onError !== 'continueErrorOutput') return outputs;
  const index = outputs.filter((port) => port.type === 'main').length;
  return [...outputs, { type: 'main', index, name: 'error', isError: true }];
}
