import { NodeError } from '@millrace/workflow/errors';
import {
  defineNode,
  type ExecuteContext,
  type NodeResult,
  type WebhookContext,
  type WebhookResponse,
} from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { callDeadline } from '../wait/call-deadline.ts';
import { readFields } from './form-field.ts';
import { formProperties } from './form.properties.ts';
import { completionPage, ownPage } from './page.ts';
import { lookOf, redirection, textOf } from './read-form.ts';
import { takeForm } from './take-form.ts';

/** A further page of a form, or its end. */
export const formNode = defineNode({
  name: 'n8n-nodes-base.form',
  label: 'Form',
  description: 'Shows a further page of a form, or its ending',
  version: [1, 2.3, 2.4, 2.5],
  defaultVersion: 2.5,
  group: ['flow'],
  icon: icon('M5 3h14v18H5z', 'M9 8h6', 'M9 12h6', 'M9 16h3'),
  properties: formProperties,
  webhooks: [{ name: 'form', isForm: true, restartWebhook: true }],
  async execute(context) {
    if (context.param('operation', 0) !== 'completion') return waitForPage(context);
    await context.respond(await ending(context));
    return [passedOn(context)];
  },
  async webhook(context) {
    const title = textOf(context, 'options.formTitle', 'Form');
    const look = lookOf(context, title);
    return takeForm(context, {
      ...look,
      description: textOf(context, 'options.formDescription'),
      button: textOf(context, 'options.buttonLabel', 'Submit'),
      fields: fieldsOf(context),
      timezone: context.timezone,
      more: {},
      completion: () =>
        completionPage(look, {
          title: 'Form submitted',
          message: 'Your response has been recorded',
        }),
    });
  },
});

const passedOn = (context: ExecuteContext) =>
  context.items().map((item, index) => ({ ...item, pairedItem: { item: index } }));

function waitForPage(context: ExecuteContext): NodeResult {
  const until = callDeadline(context);
  return {
    kind: 'wait',
    resume: 'form',
    outputs: [passedOn(context)],
    ...(until !== undefined && { until }),
  };
}

function fieldsOf(context: WebhookContext) {
  if (context.param('defineForm', 0, { fallback: 'fields' }) !== 'json')
    return readFields(context.param('formFields.values', 0, { fallback: [] }));
  const given = context.param('jsonOutput', 0, { fallback: [] });
  if (typeof given !== 'string') return readFields(given);
  try {
    return readFields(JSON.parse(given));
  } catch (cause) {
    throw new NodeError(
      'The JSON of the form fields is not valid',
      { node: context.node.name },
      { fix: 'Write a JSON list of form elements', cause },
    );
  }
}

/** What the browser is shown at the end. */
async function ending(context: ExecuteContext): Promise<WebhookResponse> {
  switch (context.param('respondWith', 0)) {
    case 'redirect':
      return redirection(context, textOf(context, 'redirectUrl'));
    case 'showText':
      return ownPage(textOf(context, 'responseText'));
    case 'returnBinary':
      return file(context);
    default: {
      const title = textOf(context, 'completionTitle', 'Form submitted');
      const look = lookOf(context, textOf(context, 'options.formTitle', title));
      return completionPage(look, { title, message: textOf(context, 'completionMessage') });
    }
  }
}

async function file(context: ExecuteContext): Promise<WebhookResponse> {
  const name = textOf(context, 'inputDataFieldName', 'data');
  const files = context.items()[0]?.binary ?? {};
  const data = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!data)
    throw new NodeError(
      `The first item has no file "${name}"`,
      { node: context.node.name },
      { fix: 'Name the field that holds the file' },
    );
  const fileName = encodeURIComponent(data.fileName ?? 'file');
  return {
    status: 200,
    headers: {
      'content-type': data.mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${fileName}`,
    },
    body: await context.binary.get(data),
  };
}
