import { describeParams, p } from '@millrace/workflow/node-api';

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
