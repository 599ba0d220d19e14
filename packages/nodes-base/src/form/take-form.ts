import type { JsonObject } from '@millrace/workflow/items';
import type { WebhookContext, WebhookOutcome, WebhookResponse } from '@millrace/workflow/node-api';
import { DateTime } from 'luxon';
import type { FormField } from './form-field.ts';
import { formPage, type PageLook } from './page.ts';
import { readSubmission } from './submission.ts';

/** A form: what it asks, and what follows when it was filled. */
export interface Form extends PageLook {
  readonly description: string;
  readonly button: string;
  readonly fields: readonly FormField[];
  /** IANA name of the zone of `submittedAt`. */
  readonly timezone: string;
  /** Further values of the item. */
  readonly more: JsonObject;
  completion(): Promise<WebhookResponse>;
}

/** A visit gets the page; a submission becomes an item, or the page again with what is wrong. */
export async function takeForm(context: WebhookContext, form: Form): Promise<WebhookOutcome> {
  const { request } = context;
  const isTest = context.mode === 'manual';
  if (request.method !== 'POST') {
    const values = firstValues(form.fields, request.query);
    return { response: await formPage({ ...form, isTest, values, errors: new Map() }) };
  }
  const { json, binary, errors, values } = readSubmission(form.fields, request);
  if (errors.size > 0) return { response: await formPage({ ...form, isTest, values, errors }) };
  const submittedAt = DateTime.fromMillis(context.now(), { zone: form.timezone }).toISO();
  const item = {
    json: { ...json, ...form.more, submittedAt, formMode: isTest ? 'test' : 'production' },
    ...(Object.keys(binary).length > 0 && { binary }),
  };
  return { outputs: [[item]], response: await form.completion() };
}

/** What stands in the inputs at first: query parameters of a field's name, or its own default. */
function firstValues(
  fields: readonly FormField[],
  query: Readonly<Record<string, unknown>>,
): Map<string, readonly string[]> {
  const asked = new Map(Object.entries(query));
  return new Map(
    fields.map((field): [string, readonly string[]] => {
      const given = asked.get(field.key) ?? asked.get(field.label) ?? field.defaultValue;
      const all = (Array.isArray(given) ? given : [given]).map(String);
      const isList = field.isMultiple && all.length === 1;
      return [field.input, isList ? (all[0] ?? '').split(',').map((each) => each.trim()) : all];
    }),
  );
}
