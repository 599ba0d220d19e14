import { describeParams, p, type Property } from '@millrace/workflow/node-api';
import { appendAttribution, formElements, respondWithOptions } from '../form/form-elements.ts';
import { methodChoices, webhookOptionFields } from '../webhook/webhook.properties.ts';

const unitChoices = [
  { value: 'seconds', label: 'Seconds' },
  { value: 'minutes', label: 'Minutes' },
  { value: 'hours', label: 'Hours' },
  { value: 'days', label: 'Days' },
] as const;

const called = { resume: ['webhook', 'form'] };

/** Parameters of versions 1 and 1.1 (n8n-facts K). */
export const waitProperties: readonly Property[] = [
  ...describeParams({
    resume: p.options({
      label: 'Resume',
      default: 'timeInterval',
      choices: [
        { value: 'timeInterval', label: 'After a time interval' },
        { value: 'specificTime', label: 'At a specified time' },
        { value: 'webhook', label: 'On a webhook call' },
        { value: 'form', label: 'On a submitted form' },
      ],
    }),
    incomingAuthentication: p.options({
      label: 'Authentication',
      default: 'none',
      when: called,
      choices: [
        { value: 'none', label: 'None' },
        { value: 'basicAuth', label: 'Basic auth' },
        { value: 'headerAuth', label: 'Header auth' },
        { value: 'jwtAuth', label: 'JWT auth' },
      ],
    }),
    dateTime: p.dateTime({
      label: 'Date and time',
      required: true,
      when: { resume: ['specificTime'] },
    }),
    amount: p.number({
      label: 'Wait amount',
      default: 1,
      min: 0,
      when: { resume: ['timeInterval'], '@version': [1] },
    }),
    unit: p.options({
      label: 'Wait unit',
      default: 'hours',
      choices: unitChoices,
      when: { resume: ['timeInterval'], '@version': [1] },
    }),
  }),
  ...describeParams({
    amount: p.number({
      label: 'Wait amount',
      default: 5,
      min: 0,
      when: { resume: ['timeInterval'] },
      unless: { '@version': [1] },
    }),
    unit: p.options({
      label: 'Wait unit',
      default: 'seconds',
      choices: unitChoices,
      when: { resume: ['timeInterval'] },
      unless: { '@version': [1] },
    }),
    formTitle: p.string({ label: 'Form title', when: { resume: ['form'] } }),
    formDescription: p.text({ label: 'Form description', when: { resume: ['form'] } }),
    formFields: formElements({ resume: ['form'] }),
    httpMethod: p.options({
      label: 'HTTP method',
      default: 'GET',
      choices: methodChoices,
      when: { resume: ['webhook'] },
    }),
    responseCode: p.number({
      label: 'Response code',
      default: 200,
      min: 100,
      max: 599,
      when: { resume: ['webhook'] },
      unless: { responseMode: ['responseNode'] },
    }),
    responseMode: p.options({
      label: 'Respond',
      default: 'onReceived',
      when: called,
      choices: [
        { value: 'onReceived', label: 'Immediately' },
        { value: 'lastNode', label: 'When the last node finishes' },
        { value: 'responseNode', label: 'Using a Respond to Webhook node' },
      ],
    }),
    responseData: p.options({
      label: 'Response data',
      default: 'firstEntryJson',
      when: { responseMode: ['lastNode'], resume: ['webhook'] },
      choices: [
        { value: 'allEntries', label: 'All entries' },
        { value: 'firstEntryJson', label: 'JSON of the first entry' },
        { value: 'firstEntryBinary', label: 'File of the first entry' },
        { value: 'noData', label: 'No body' },
      ],
    }),
    responseBinaryPropertyName: p.string({
      label: 'Property name',
      default: 'data',
      when: { responseData: ['firstEntryBinary'], resume: ['webhook'] },
    }),
    limitWaitTime: p.boolean({ label: 'Limit wait time', when: called }),
    limitType: p.options({
      label: 'Limit type',
      default: 'afterTimeInterval',
      when: { limitWaitTime: [true], ...called },
      choices: [
        { value: 'afterTimeInterval', label: 'After a time interval' },
        { value: 'atSpecifiedTime', label: 'At a specified time' },
      ],
    }),
    resumeAmount: p.number({
      label: 'Amount',
      default: 1,
      min: 0,
      when: { limitType: ['afterTimeInterval'], limitWaitTime: [true], ...called },
    }),
    resumeUnit: p.options({
      label: 'Unit',
      default: 'hours',
      choices: unitChoices,
      when: { limitType: ['afterTimeInterval'], limitWaitTime: [true], ...called },
    }),
    maxDateAndTime: p.dateTime({
      label: 'Max date and time',
      when: { limitType: ['atSpecifiedTime'], limitWaitTime: [true], ...called },
    }),
    options: p.collection({
      label: 'Options',
      when: called,
      fields: {
        ...webhookOptionFields,
        webhookSuffix: p.string({ label: 'Webhook suffix' }),
        appendAttribution,
        respondWithOptions,
      },
    }),
  }),
];
