import type { JsonObject } from '../items/index.ts';
import { isPlainObject } from './plain-object.ts';

/**
 * Rewrites `$('Old')`, `$node["Old"]`, `$node.Old` and `$items("Old")` in every expression and code text of a node's
 * parameters.
 *
 * @returns The same object when nothing refers to any of the names.
 */
export function renameReferences(
  parameters: JsonObject,
  names: ReadonlyMap<string, string>,
): JsonObject {
  const renamed = renameIn(parameters, names);
  return isPlainObject(renamed) ? renamed : parameters;
}

/** Names of the nodes a parameter text refers to, as far as they are literal. */
export function referencedNodes(text: string): string[] {
  const found: string[] = [];
  for (const pattern of [CALL, INDEX]) {
    for (const match of text.matchAll(pattern)) found.push(unescape(match[3] ?? ''));
  }
  for (const match of text.matchAll(MEMBER)) if (match[2]) found.push(match[2]);
  return found;
}

/** `$('Name'` and `$items("Name"`. */
const CALL = /(\$(?:items|node)?\(\s*)(['"`])((?:\\.|(?!\2).)*)\2/g;
/** `$node["Name"]`. */
const INDEX = /(\$node\[\s*)(['"`])((?:\\.|(?!\2).)*)\2/g;
/** `$node.Name`. */
const MEMBER = /(\$node\.)([A-Za-z_$][\w$]*)/g;

function renameIn(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return renameInText(value, names);
  if (Array.isArray(value)) {
    const list = value.map((each) => renameIn(each, names));
    return list.some((each, index) => each !== value[index]) ? list : value;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, renameIn(each, names)] as const);
  return entries.some(([key, each]) => each !== value[key]) ? Object.fromEntries(entries) : value;
}

function renameInText(text: string, names: ReadonlyMap<string, string>): string {
  if (!text.includes('$')) return text;
  const quoted = (whole: string, before: string, quote: string, name: string) => {
    const renamed = names.get(unescape(name));
    return renamed === undefined ? whole : `${before}${quote}${escapeFor(renamed, quote)}${quote}`;
  };
  return text
    .replace(CALL, quoted)
    .replace(INDEX, quoted)
    .replace(MEMBER, (whole: string, _before: string, name: string) => {
      const renamed = names.get(name);
      return renamed === undefined ? whole : `$node[${JSON.stringify(renamed)}]`;
    });
}

const unescape = (text: string) => text.replace(/\\(.)/g, '$1');

const escapeFor = (name: string, quote: string) =>
  name.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`);
