import { describeParams, p, type Property } from '@millrace/workflow/node-api';
import {
  appendAttribution,
  buttonLabel,
  customCss,
  formElements,
  respondWithOptions,
} from '../form/form-elements.ts';

const FIRST = { '@version': [1] };
const responseChoices = [
  { value: 'onReceived', label: 'Form is submitted' },
  { value: 'lastNode', label: 'Workflow finishes' },
] as const;

/** Parameters of versions 1 to 2.6 (n8n-facts K). */
export const formTriggerProperties: readonly Property[] = [
  ...describeParams({
    authentication: p.options({
      label: 'Authentication',
      default: 'none',
      unless: FIRST,
      choices: [
        { value: 'none', label: 'None' },
        { value: 'basicAuth', label: 'Basic auth' },
      ],
    }),
    path: p.string({
      label: 'Form path',
      placeholder: 'The final segment of the form’s URL',
      when: { '@version': [{ _cnd: { lte: 2.1 } }] },
    }),
    formTitle: p.string({ label: 'Form title', required: true, placeholder: 'e.g. Contact us' }),
    formDescription: p.text({ label: 'Form description' }),
    formFields: formElements(),
    responseMode: p.options({
      label: 'Respond when',
      default: 'onReceived',
      choices: [
        ...responseChoices,
        { value: 'responseNode', label: 'Using a Respond to Webhook node' },
      ],
      when: { '@version': [{ _cnd: { lte: 2.1 } }] },
    }),
  }),
  ...describeParams({
    responseMode: p.options({
      label: 'Respond when',
      default: 'onReceived',
      choices: responseChoices,
      when: { '@version': [{ _cnd: { gte: 2.2 } }] },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        path: p.string({ label: 'Form path' }),
        appendAttribution,
        buttonLabel,
        customCss,
        respondWithOptions,
        formSubmittedText: p.string({ label: 'Form submitted text', when: FIRST }),
        ignoreBots: p.boolean({ label: 'Ignore bots' }),
        ipWhitelist: p.string({ label: 'IP allow list', placeholder: '127.0.0.1, 192.168.1.0/24' }),
        useWorkflowTimezone: p.boolean({ label: 'Use workflow timezone' }),
        showHeaders: p.boolean({ label: 'Put request headers into the output' }),
      },
    }),
  }),
];
