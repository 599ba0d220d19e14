import { DateTime } from 'luxon';

type Converted = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const failed: Converted = { ok: false };
const done = (value: unknown): Converted => ({ ok: true, value });

/** A value as the type a field was given (n8n-facts C9). Nothing stays nothing, whatever the type. */
export function convertField(value: unknown, type: string): Converted {
  if (value === null || value === undefined) return done(null);
  switch (type) {
    case 'string':
      return done(asText(value));
    case 'number':
      return asNumber(value);
    case 'boolean':
      return asBoolean(value);
    case 'array':
      return asArray(value);
    case 'object':
      return asObject(value);
    default:
      return done(value);
  }
}

function asText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return DateTime.isDateTime(value) ? String(value) : JSON.stringify(value);
}

function asNumber(value: unknown): Converted {
  const number = Number(value);
  return Number.isNaN(number) ? failed : done(number);
}

function asBoolean(value: unknown): Converted {
  if (typeof value === 'boolean') return done(value);
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return done(true);
  return text === 'false' || text === '0' ? done(false) : failed;
}

function asArray(value: unknown): Converted {
  if (typeof value !== 'string') return Array.isArray(value) ? done(value) : failed;
  const parsed = parse(value) ?? parse(value.replaceAll("'", '"'));
  return Array.isArray(parsed) ? done(parsed) : failed;
}

function asObject(value: unknown): Converted {
  const parsed = typeof value === 'string' ? parse(value) : value;
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? done(parsed)
    : failed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
