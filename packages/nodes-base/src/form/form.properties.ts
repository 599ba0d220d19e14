import { describeParams, p, type Property } from '@millrace/workflow/node-api';
import { appendAttribution, buttonLabel, customCss, formElements } from './form-elements.ts';

const paged = { operation: ['page'] };
const completed = { operation: ['completion'] };
const limited = { ...paged, limitWaitTime: [true] };

/** Parameters of versions 1 to 2.5 (n8n-facts K). */
export const formProperties: readonly Property[] = describeParams({
  operation: p.options({
    label: 'Page type',
    default: 'page',
    fixed: true,
    choices: [
      { value: 'page', label: 'Next form page' },
      { value: 'completion', label: 'Form ending' },
    ],
  }),
  defineForm: p.options({
    label: 'Define form',
    default: 'fields',
    fixed: true,
    when: paged,
    choices: [
      { value: 'fields', label: 'Using fields below' },
      { value: 'json', label: 'Using JSON' },
    ],
  }),
  jsonOutput: p.json({
    label: 'Form fields',
    default:
      '[\n  { "fieldLabel": "Name", "placeholder": "Your name", "requiredField": true },\n  { "fieldLabel": "Age", "fieldType": "number" }\n]',
    rows: 5,
    when: { ...paged, defineForm: ['json'] },
  }),
  formFields: formElements({ ...paged, defineForm: ['fields'] }),
  limitWaitTime: p.boolean({ label: 'Limit wait time', when: paged }),
  limitType: p.options({
    label: 'Limit type',
    default: 'afterTimeInterval',
    when: limited,
    choices: [
      { value: 'afterTimeInterval', label: 'After a time interval' },
      { value: 'atSpecifiedTime', label: 'At a specified time' },
    ],
  }),
  resumeAmount: p.number({
    label: 'Amount',
    default: 1,
    min: 0,
    when: { ...limited, limitType: ['afterTimeInterval'] },
  }),
  resumeUnit: p.options({
    label: 'Unit',
    default: 'hours',
    when: { ...limited, limitType: ['afterTimeInterval'] },
    choices: [
      { value: 'minutes', label: 'Minutes' },
      { value: 'hours', label: 'Hours' },
      { value: 'days', label: 'Days' },
    ],
  }),
  maxDateAndTime: p.dateTime({
    label: 'Max date and time',
    when: { ...limited, limitType: ['atSpecifiedTime'] },
  }),
  respondWith: p.options({
    label: 'On form submission',
    default: 'text',
    when: completed,
    choices: [
      { value: 'text', label: 'Show completion screen' },
      { value: 'redirect', label: 'Redirect to URL' },
      { value: 'showText', label: 'Show text' },
      { value: 'returnBinary', label: 'Return a file' },
    ],
  }),
  redirectUrl: p.string({
    label: 'URL',
    required: true,
    when: { ...completed, respondWith: ['redirect'] },
  }),
  completionTitle: p.string({
    label: 'Completion title',
    required: true,
    when: { ...completed, respondWith: ['text', 'returnBinary'] },
  }),
  completionMessage: p.text({
    label: 'Completion message',
    when: { ...completed, respondWith: ['text', 'returnBinary'] },
  }),
  responseText: p.text({ label: 'Text', when: { ...completed, respondWith: ['showText'] } }),
  inputDataFieldName: p.string({
    label: 'Input data field name',
    default: 'data',
    when: { ...completed, respondWith: ['returnBinary'] },
  }),
  options: p.collection({
    label: 'Options',
    fields: {
      formTitle: p.string({ label: 'Form title' }),
      formDescription: p.text({ label: 'Form description' }),
      buttonLabel,
      appendAttribution,
      customCss,
    },
  }),
});
