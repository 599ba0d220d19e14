/** Splits a lodash-style path: `a.b[0]["c d"]` → `['a', 'b', '0', 'c d']`. */
export function parsePath(path: string): readonly string[] {
  if (!BRACKET.test(path)) return path.split('.').filter(Boolean);
  const parts: string[] = [];
  for (const match of path.matchAll(PART)) {
    parts.push(match[2] ?? match[3] ?? match[4] ?? '');
  }
  return parts;
}

const BRACKET = /[[\]]/;
const PART = /\[(?:(["'])(.*?)\1|([^\]]*))\]|([^.[\]]+)/g;

/** The value at a path; `undefined` where the way ends. Own keys only. */
export function getByPath(value: unknown, path: string): unknown {
  if (isOwn(value, path)) return value[path];
  if (!path.includes('.') && !path.includes('[')) return undefined;
  let here = value;
  for (const part of parsePath(path)) {
    if (!isOwn(here, part)) return undefined;
    here = here[part];
  }
  return here;
}

/** Whether `key` is an own key of an object or a list. */
export const isOwn = (value: unknown, key: string): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);
