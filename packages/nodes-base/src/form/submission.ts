import type { BinaryData, JsonObject } from '@millrace/workflow/items';
import type { WebhookRequest } from '@millrace/workflow/node-api';
import { DateTime } from 'luxon';
import type { FormField } from './form-field.ts';

/** A submitted form: its values under their names, its files, or what is wrong with it. */
export interface Submission {
  readonly json: JsonObject;
  readonly binary: Readonly<Record<string, BinaryData>>;
  /** By input name. */
  readonly errors: ReadonlyMap<string, string>;
  /** As typed, by input name, for showing the page again. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Reads and checks what a browser sent. What the form does not ask for is not taken. */
export function readSubmission(fields: readonly FormField[], request: WebhookRequest): Submission {
  const json = new Map<string, unknown>();
  const binary = new Map<string, BinaryData>();
  const errors = new Map<string, string>();
  const values = new Map<string, readonly string[]>();

  for (const field of fields) {
    if (field.key === '') continue;
    if (field.type === 'html') {
      json.set(field.key, field.html);
      continue;
    }
    if (field.type === 'file') {
      const files = request.files.filter((file) => file.field.replace(/\[\]$/, '') === field.input);
      takeFiles(
        field,
        files.map((file) => file.binary),
        { json, binary },
      );
      setError(
        errors,
        field,
        fileProblem(
          field,
          files.map((file) => file.binary),
        ),
      );
      continue;
    }
    const typed = typedInto(field, request.body);
    values.set(field.input, typed);
    setError(errors, field, problemOf(field, typed));
    json.set(field.key, valueOf(field, typed));
  }
  return {
    json: Object.fromEntries(json),
    binary: Object.fromEntries(binary),
    errors,
    values,
  };
}

function typedInto({ input, isMultiple }: FormField, body: unknown): string[] {
  const given: unknown =
    typeof body === 'object' && body !== null
      ? Object.entries(body).find(([name]) => name === input)?.[1]
      : undefined;
  const typed = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String);
  return isMultiple ? typed.filter((each) => each !== '') : typed.slice(0, 1);
}

function setError(errors: Map<string, string>, { input }: FormField, error: string | undefined) {
  if (error !== undefined) errors.set(input, error);
}

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const DATE = 'yyyy-MM-dd';

/** What a person should change, in words for them. */
function problemOf(field: FormField, typed: readonly string[]): string | undefined {
  const [value = ''] = typed;
  const isEmpty = typed.every((each) => each.trim() === '');
  if (isEmpty) return field.isRequired ? 'This field is required' : undefined;
  switch (field.type) {
    case 'number':
      return Number.isFinite(Number(value)) ? undefined : 'Enter a number';
    case 'email':
      return EMAIL.test(value.trim()) ? undefined : 'Enter an e-mail address';
    case 'date':
      return DateTime.fromFormat(value, DATE).isValid ? undefined : 'Enter a date';
    case 'dropdown':
    case 'checkbox':
    case 'radio':
      return choiceProblem(field, typed);
    default:
      return undefined;
  }
}

function choiceProblem(
  { choices, atLeast, atMost, type }: FormField,
  typed: readonly string[],
): string | undefined {
  if (!typed.every((each) => choices.includes(each))) return 'Choose from the list';
  if (type !== 'checkbox') return undefined;
  if (typed.length < atLeast) return `Choose at least ${atLeast}`;
  return typed.length > atMost ? `Choose at most ${atMost}` : undefined;
}

function valueOf(field: FormField, typed: readonly string[]): unknown {
  if (field.isMultiple) return typed;
  const [value] = typed;
  if (value === undefined) return null;
  if (field.type === 'number') return value.trim() === '' ? null : Number(value);
  if (field.type === 'date' && value !== '' && field.dateFormat !== '')
    return DateTime.fromFormat(value, DATE).toFormat(luxonLetters(field.dateFormat));
  return value;
}

/** Formats may be in day.js letters (`DD/MM/YYYY`), which forms have had first. */
const luxonLetters = (format: string) =>
  format.replace(/D/g, 'd').replace(/Y/g, 'y').replace(/mm/g, 'MM');

function takeFiles(
  field: FormField,
  files: readonly BinaryData[],
  into: { json: Map<string, unknown>; binary: Map<string, BinaryData> },
): void {
  const property = field.key.replace(/\W/g, '_');
  const about = files.map(({ fileName, mimeType, bytes }) => ({
    filename: fileName,
    mimetype: mimeType,
    size: bytes,
  }));
  into.json.set(field.key, field.isMultiple ? about : (about[0] ?? null));
  for (const [index, file] of files.entries())
    into.binary.set(field.isMultiple ? `${property}_${index}` : property, file);
}

function fileProblem(field: FormField, files: readonly BinaryData[]): string | undefined {
  if (files.length === 0) return field.isRequired ? 'Choose a file' : undefined;
  if (files.length > 1 && !field.isMultiple) return 'Choose one file';
  return files.every((file) => isAccepted(file, field.accept))
    ? undefined
    : `Only these files are taken: ${field.accept}`;
}

function isAccepted({ fileName = '', mimeType }: BinaryData, accept: string): boolean {
  const rules = accept
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  if (rules.length === 0) return true;
  const name = fileName.toLowerCase();
  const type = mimeType.toLowerCase();
  return rules.some((rule) => {
    if (rule.startsWith('.')) return name.endsWith(rule);
    if (rule.endsWith('/*')) return type.startsWith(rule.slice(0, -1));
    return rule.includes('/') ? type === rule : name.endsWith(`.${rule}`);
  });
}
