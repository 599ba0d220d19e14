import { parsePath } from './path.ts';

/**
 * A copy of `value` with `next` at the path; what lies beside the path is shared. `undefined` takes the key away.
 * Missing steps become lists where the path has a number, objects elsewhere. Names that reach a
 * prototype change nothing.
 */
export function setByPath(value: unknown, path: string, next: unknown): unknown {
  const parts = parsePath(path);
  if (parts.length === 0 || parts.some((part) => FORBIDDEN.has(part))) return value;
  return setAt(value, parts, next);
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function setAt(value: unknown, parts: readonly string[], next: unknown): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return next;

  if (Array.isArray(value) || (value == null && /^\d+$/.test(part))) {
    const list: unknown[] = Array.isArray(value) ? [...value] : [];
    const index = Number(part);
    if (!Number.isInteger(index) || index > list.length) return value;
    const changed = setAt(list[index], rest, next);
    if (changed === undefined) list.splice(index, 1);
    else list[index] = changed;
    return list;
  }

  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const held = entries.find(([key]) => key === part);
  const changed = setAt(held?.[1], rest, next);
  if (changed === undefined) return Object.fromEntries(entries.filter(([key]) => key !== part));
  if (held)
    return Object.fromEntries(entries.map(([key, each]) => [key, key === part ? changed : each]));
  return Object.fromEntries([...entries, [part, changed]]);
}
