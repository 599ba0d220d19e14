/** Deep equality of JSON values; dates by their instant. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (!isContainer(a) || !isContainer(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

/** Equality that forgives types: `1` is `"1"`, and everything blank is alike. */
export function isLooselyEqual(a: unknown, b: unknown): boolean {
  if (isBlank(a) && isBlank(b)) return true;
  if (isContainer(a) || isContainer(b)) return isEqual(parsed(a), parsed(b));
  return isEqual(a, b) || canonical(a) === canonical(b);
}

/** Nothing, or an empty text, list or object. */
function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value === 'string') return ['null', '[]', '{}'].includes(value.trim().toLowerCase());
  return isContainer(value) && !(value instanceof Date) && Object.keys(value).length === 0;
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

function canonical(value: unknown): string {
  const text = String(value).trim();
  if (typeof value === 'boolean' || /^(true|false)$/i.test(text))
    return /^true$/i.test(text) ? '1' : '0';
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? String(number) : text;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
