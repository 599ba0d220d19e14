const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);

/** Names and values as an object; a name given more than once becomes a list. */
export function formFields(pairs: Iterable<readonly [string, string]>): Record<string, unknown> {
  const fields = new Map<string, string | string[]>();
  for (const [given, value] of pairs) {
    const isList = given.endsWith('[]');
    const name = isList ? given.slice(0, -2) : given;
    if (REFUSED.has(name)) continue;
    const before = fields.get(name);
    if (before === undefined) fields.set(name, isList ? [value] : value);
    else fields.set(name, [before, value].flat());
  }
  return Object.fromEntries(fields);
}
