import { defineNode } from '@millrace/workflow/node-api';
import { readFields } from '../form/form-field.ts';
import { lookOf, optionalCompletion, textOf } from '../form/read-form.ts';
import { takeForm } from '../form/take-form.ts';
import { icon } from '../icon.ts';
import { refusal } from '../webhook/webhook-auth.ts';
import { formTriggerProperties } from './form-trigger.properties.ts';

/** Starts a workflow when its form is submitted. */
export const formTriggerNode = defineNode({
  name: 'n8n-nodes-base.formTrigger',
  label: 'On form submission',
  description: 'Serves a form and starts the workflow when it is submitted',
  version: [1, 2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6],
  defaultVersion: 2.6,
  group: ['trigger'],
  icon: icon('M5 3h14v18H5z', 'M9 8h6', 'M9 12h6', 'M13 17l2 2 4-4'),
  inputs: [],
  properties: formTriggerProperties,
  credentials: [
    {
      name: 'httpBasicAuth',
      required: true,
      displayOptions: { show: { authentication: ['basicAuth'] } },
    },
  ],
  webhooks: [
    { name: 'setup', httpMethod: 'GET', isForm: true },
    { name: 'default', httpMethod: 'POST', isForm: true },
  ],
  execute: (context) => [context.items()],
  async webhook(context) {
    const refused = await refusal(context, 'authentication');
    if (refused) return { response: refused };
    const look = lookOf(context, textOf(context, 'formTitle', 'Form'));
    const isOn = (option: string) =>
      context.param(`options.${option}`, 0, { fallback: false }) === true;
    const { query, headers } = context.request;
    return takeForm(context, {
      ...look,
      description: textOf(context, 'formDescription'),
      button: textOf(context, 'options.buttonLabel', 'Submit'),
      fields: readFields(context.param('formFields.values', 0, { fallback: [] })),
      timezone: isOn('useWorkflowTimezone') ? context.timezone : 'utc',
      more: {
        ...(Object.keys(query).length > 0 && { formQueryParameters: query }),
        ...(isOn('showHeaders') && { headers }),
      },
      completion: () => optionalCompletion(context, look),
    });
  },
});
