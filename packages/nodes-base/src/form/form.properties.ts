import { describeParams, p, type Property } from '@millrace/workflow/node-api';

const CHOICES = ['dropdown', 'checkbox', 'radio'];
const NAMED = ['text', 'textarea', 'number', 'email', 'password', 'date', 'file', ...CHOICES];

/** What can be said of one form element. */
const element = {
  fieldLabel: p.string({
    label: 'Label',
    placeholder: 'e.g. What is your name?',
    unless: { fieldType: ['hiddenField', 'html'] },
  }),
  fieldName: p.string({
    label: 'Field name',
    hint: 'What the value is called in the output; the label when empty',
    unless: { fieldType: ['html'] },
  }),
  fieldType: p.options({
    label: 'Element type',
    default: 'text',
    choices: [
      { value: 'checkbox', label: 'Checkboxes' },
      { value: 'html', label: 'Custom HTML' },
      { value: 'date', label: 'Date' },
      { value: 'dropdown', label: 'Dropdown' },
      { value: 'email', label: 'E-mail' },
      { value: 'file', label: 'File' },
      { value: 'hiddenField', label: 'Hidden field' },
      { value: 'number', label: 'Number' },
      { value: 'password', label: 'Password' },
      { value: 'radio', label: 'Radio buttons' },
      { value: 'text', label: 'Text' },
      { value: 'textarea', label: 'Textarea' },
    ],
  }),
  elementName: p.string({
    label: 'Element name',
    hint: 'Puts the HTML into the output under this name',
    when: { fieldType: ['html'] },
  }),
  html: p.text({ label: 'HTML', rows: 5, when: { fieldType: ['html'] } }),
  fieldValue: p.string({ label: 'Field value', when: { fieldType: ['hiddenField'] } }),
  placeholder: p.string({
    label: 'Placeholder',
    when: { fieldType: ['text', 'textarea', 'number', 'email', 'password', 'dropdown'] },
  }),
  defaultValue: p.string({
    label: 'Default value',
    when: { fieldType: NAMED.filter((type) => type !== 'file' && type !== 'password') },
  }),
  formatDate: p.string({
    label: 'Date format',
    placeholder: 'e.g. dd/mm/yyyy',
    when: { fieldType: ['date'] },
  }),
  fieldOptions: p.list({
    label: 'Options',
    item: { option: p.string({ label: 'Option' }) },
    sortable: true,
    addLabel: 'Add option',
    when: { fieldType: CHOICES },
  }),
  multiselect: p.boolean({ label: 'Multiple choice', when: { fieldType: ['dropdown'] } }),
  limitSelection: p.options({
    label: 'Limit selection',
    default: 'unlimited',
    choices: [
      { value: 'exact', label: 'Exact number' },
      { value: 'range', label: 'Range' },
      { value: 'unlimited', label: 'Unlimited' },
    ],
    when: { fieldType: ['checkbox'] },
  }),
  numberOfSelections: p.number({
    label: 'Number of selections',
    default: 1,
    min: 1,
    when: { fieldType: ['checkbox'], limitSelection: ['exact'] },
  }),
  minSelections: p.number({
    label: 'Minimum selections',
    default: 0,
    min: 0,
    when: { fieldType: ['checkbox'], limitSelection: ['range'] },
  }),
  maxSelections: p.number({
    label: 'Maximum selections',
    default: 1,
    min: 1,
    when: { fieldType: ['checkbox'], limitSelection: ['range'] },
  }),
  multipleFiles: p.boolean({
    label: 'Multiple files',
    default: true,
    when: { fieldType: ['file'] },
  }),
  acceptFileTypes: p.string({
    label: 'Accepted file types',
    placeholder: '.jpg, .png',
    when: { fieldType: ['file'] },
  }),
  requiredField: p.boolean({
    label: 'Required field',
    unless: { fieldType: ['html', 'hiddenField'] },
  }),
};

/** The elements of a form; `when` says beside which other parameters they are shown. */
export const formElements = (when?: Readonly<Record<string, readonly unknown[]>>) =>
  p.list({
    label: 'Form elements',
    item: element,
    sortable: true,
    addLabel: 'Add form element',
    ...(when && { when }),
  });

/** What a submitted form is answered with, as an option. */
export const respondWithOptions = p.raw({
  label: 'Form response',
  type: 'fixedCollection',
  default: { values: { respondWith: 'text' } },
  options: [
    {
      name: 'values',
      displayName: 'Values',
      values: describeParams({
        respondWith: p.options({
          label: 'Respond with',
          default: 'text',
          choices: [
            { value: 'text', label: 'Form submitted text' },
            { value: 'redirect', label: 'Redirect URL' },
          ],
        }),
        formSubmittedText: p.string({
          label: 'Text to show',
          default: 'Your response has been recorded',
          when: { respondWith: ['text'] },
        }),
        redirectUrl: p.string({ label: 'URL to redirect to', when: { respondWith: ['redirect'] } }),
      }),
    },
  ],
});

export const appendAttribution = p.boolean({ label: 'Append attribution', default: true });
export const customCss = p.text({ label: 'Custom form styling', rows: 10 });
export const buttonLabel = p.string({ label: 'Button label', default: 'Submit' });

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
