import type { Node } from 'acorn';

/** Whether code below `node` makes functions, which then need each round's variables to themselves. */
export function makesFunctions(node: Node): boolean {
  return Object.values(node).some((value: unknown) => holdsFunction(value));
}

function holdsFunction(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsFunction);
  if (!isNode(value)) return false;
  return /Function/.test(value.type) || makesFunctions(value);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
