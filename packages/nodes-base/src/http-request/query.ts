export type ArrayFormat = 'indices' | 'brackets' | 'repeat';

/** Adds fields to a URL's query. Lists and objects take the form `format` and brackets say. */
export function withQuery(
  url: string,
  fields: Readonly<Record<string, unknown>>,
  format: ArrayFormat,
): string {
  const added = formText(fields, format);
  if (!added) return url;
  const [address = '', hash] = url.split('#', 2);
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  return address + joint + added + (hash === undefined ? '' : `#${hash}`);
}

/** `name=value` pairs joined by `&`; spaces as `%20`. Undefined values are left out, null is empty. */
export function formText(
  fields: Readonly<Record<string, unknown>>,
  format: ArrayFormat = 'indices',
): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => pairsOf(name, value, format))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

function pairsOf(
  name: string,
  value: unknown,
  format: ArrayFormat,
): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (value === null) return [[name, '']];
  if (value instanceof Date) return [[name, value.toISOString()]];
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => pairsOf(listName(name, index, format), each, format));
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, each]) => pairsOf(`${name}[${key}]`, each, format));
  }
  return [[name, String(value)]];
}

function listName(name: string, index: number, format: ArrayFormat): string {
  if (format === 'repeat') return name;
  return format === 'brackets' ? `${name}[]` : `${name}[${index}]`;
}

/** Everything but RFC 3986's unreserved characters. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
