import { parseDate } from './parse-date.ts';
import { parseLooseJson } from './loose-json.ts';

/** Field types a value can be made to fit (n8n-facts C7). */
export type FieldType =
  | 'string'
  | 'string-alphanumeric'
  | 'number'
  | 'boolean'
  | 'dateTime'
  | 'time'
  | 'array'
  | 'object'
  | 'options'
  | 'url'
  | 'jwt'
  | 'form-fields'
  | 'binary'
  | 'any';

const FIELD_TYPES: readonly FieldType[] = [
  'string',
  'string-alphanumeric',
  'number',
  'boolean',
  'dateTime',
  'time',
  'array',
  'object',
  'options',
  'url',
  'jwt',
  'form-fields',
  'binary',
  'any',
];

export const isFieldType = (type: unknown): type is FieldType =>
  FIELD_TYPES.some((each) => each === type);

export type Coerced =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

export interface CoerceOptions {
  /** Only values that have the type already (dates may be texts). */
  readonly strict?: boolean;
  /** Objects become JSON texts where a string is wanted. */
  readonly parseStrings?: boolean;
  /** Choices for `options`. */
  readonly choices?: readonly unknown[];
  /** IANA zone for dates that name none. */
  readonly timezone?: string;
}

/** Makes a value fit a field type (n8n-facts C9). `null` and `undefined` fit everywhere. */
export function coerce(value: unknown, type: FieldType, options: CoerceOptions = {}): Coerced {
  if (value === null || value === undefined) return fits(value);
  if (options.strict && !hasType(value, type)) return misfit(value, type);
  switch (type) {
    case 'string':
      return toText(value, options);
    case 'string-alphanumeric':
      return typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value)
        ? fits(value)
        : misfit(value, type);
    case 'number': {
      const number = typeof value === 'bigint' ? value : Number(value);
      return Number.isNaN(number) ? misfit(value, type) : fits(number);
    }
    case 'boolean':
      return toBoolean(value);
    case 'dateTime': {
      const date = typeof value === 'number' ? undefined : parseDate(value, options.timezone);
      return date ? fits(date) : misfit(value, type);
    }
    case 'time':
      return /^\d{1,2}:\d{2}(:\d{2})?$/.test(String(value))
        ? fits(String(value))
        : misfit(value, type);
    case 'array': {
      const list = typeof value === 'string' ? parseLooseJson(value) : value;
      return Array.isArray(list) ? fits(list) : misfit(value, type);
    }
    case 'object': {
      const object = typeof value === 'string' ? parseLooseJson(value) : value;
      return hasType(object, 'object') ? fits(object) : misfit(value, type);
    }
    case 'options':
      return !options.choices || options.choices.includes(value)
        ? fits(value)
        : misfit(value, type);
    case 'url':
      return toUrl(value);
    case 'jwt':
      return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(String(value)) ? fits(value) : misfit(value, type);
    case 'form-fields':
    case 'binary':
    case 'any':
      return fits(value);
    default:
      return type satisfies never;
  }
}

const fits = (value: unknown): Coerced => ({ ok: true, value });

const misfit = (value: unknown, type: FieldType): Coerced => {
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { ok: false, message: `'${shown}' is not a valid ${type}` };
};

function hasType(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

function toText(value: unknown, { parseStrings }: CoerceOptions): Coerced {
  if (!parseStrings) return fits(value);
  return fits(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function toBoolean(value: unknown): Coerced {
  if (typeof value === 'boolean') return fits(value);
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return fits(true);
  if (text === 'false' || text === '0') return fits(false);
  return misfit(value, 'boolean');
}

function toUrl(value: unknown): Coerced {
  const text = String(value);
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const isKnown = /^(https?|ftp|file):\/\/\S+$/i.test(full);
  return isKnown && URL.canParse(full) ? fits(full) : misfit(value, 'url');
}
