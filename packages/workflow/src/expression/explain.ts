import type { MemberExpression, Node } from 'acorn';
import { GLOBALS } from './capabilities/globals.ts';
import { staticName } from './compile/static-name.ts';
import { nearestName } from './nearest.ts';
import { parseExpression } from './parse.ts';
import { splitTemplate } from './template.ts';
import { isRecord } from './values.ts';
import { VARIABLES } from './variables/variables.ts';

/** A name in an expression, and where it stands: offset into the parameter text, its `=` included. */
export interface NamedPlace {
  readonly name: string;
  readonly position: number;
  /** The existing name closest to it. */
  readonly nearest?: string;
}

interface Finding {
  readonly name: string;
  readonly start: number;
  readonly nearest?: string | undefined;
}

/**
 * Where `name` first stands in an expression, as a name or as a text. Asked only once something failed, so
 * the text is simply parsed again.
 */
export const placeOf = (text: string, name: string): NamedPlace | undefined =>
  firstIn(text, (node) =>
    (node.type === 'Identifier' && 'name' in node && node.name === name) ||
    (node.type === 'Literal' && 'value' in node && node.value === name)
      ? { name, start: node.start }
      : undefined,
  );

/** The first member of `$json`, or the first variable, that an expression names and nothing has. */
export const missingName = (text: string, json: unknown): NamedPlace | undefined =>
  firstIn(text, (node) => missingMember(node, json) ?? missingVariable(node));

function missingMember(node: Node, json: unknown): Finding | undefined {
  if (!isMember(node) || node.optional) return undefined;
  const owner = jsonValue(node.object, json);
  const name = staticName(node);
  if (!isRecord(owner) || name === undefined || owner[name] !== undefined) return undefined;
  return { name, start: node.property.start, nearest: nearestName(name, Object.keys(owner)) };
}

/** What `$json.a.b` is; `undefined` for any other code. */
function jsonValue(node: Node, json: unknown): unknown {
  if (node.type === 'Identifier') return 'name' in node && node.name === '$json' ? json : undefined;
  if (!isMember(node)) return undefined;
  const owner = jsonValue(node.object, json);
  const name = staticName(node);
  return isRecord(owner) && name !== undefined ? owner[name] : undefined;
}

/** Variables with `$` only: plain names may be the expression's own. */
function missingVariable(node: Node): Finding | undefined {
  if (node.type !== 'Identifier' || !('name' in node) || typeof node.name !== 'string')
    return undefined;
  const { name } = node;
  if (!name.startsWith('$') || name === '$if' || VARIABLES.has(name) || GLOBALS.has(name))
    return undefined;
  return { name, start: node.start, nearest: nearestName(name, VARIABLES.keys()) };
}

function firstIn(text: string, find: (node: Node) => Finding | undefined): NamedPlace | undefined {
  for (const chunk of splitTemplate(text.slice(1))) {
    if (chunk.kind === 'text') continue;
    const { expression, source } = parseExpression(chunk.text);
    const found = search(expression, find);
    if (!found) continue;
    const added = source === chunk.text ? 0 : 1;
    const { name, start, nearest } = found;
    const position = 1 + chunk.from + start - added;
    return { name, position, ...(nearest !== undefined && { nearest }) };
  }
  return undefined;
}

/** The first finding, inner nodes before those around them. */
function search(value: unknown, find: (node: Node) => Finding | undefined): Finding | undefined {
  if (Array.isArray(value)) {
    for (const element of value) {
      const found = search(element, find);
      if (found) return found;
    }
    return undefined;
  }
  if (!isNode(value)) return undefined;
  return search(Object.values(value), find) ?? find(value);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const isMember = (node: Node): node is MemberExpression => node.type === 'MemberExpression';
