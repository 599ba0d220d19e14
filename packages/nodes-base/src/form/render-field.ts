import { escapeHtml } from './escape-html.ts';
import type { FormField } from './form-field.ts';
import { sanitizeHtml } from './sanitize.ts';

interface Filled {
  readonly values: readonly string[];
  readonly error: string | undefined;
}

/** One form element as HTML: labelled, and with its error tied to it. */
export async function renderField(field: FormField, filled: Filled): Promise<string> {
  switch (field.type) {
    case 'html':
      return `<div class="field">${await sanitizeHtml(field.html)}</div>`;
    case 'hiddenField':
      return `<input${attributes({ type: 'hidden', name: field.input, value: filled.values[0] ?? '' })}>`;
    case 'checkbox':
    case 'radio':
      return choiceGroup(field, filled);
    default:
      return `<div class="field"><label for="${field.input}">${labelOf(field)}</label>
${control(field, filled)}${errorOf(field, filled)}</div>`;
  }
}

function control(field: FormField, filled: Filled): string {
  const [value = ''] = filled.values;
  const shared = {
    ...sharedAttributes(field, filled),
    id: field.input,
    required: field.isRequired,
  };
  switch (field.type) {
    case 'textarea':
      return `<textarea${attributes(shared)}>\n${escapeHtml(value)}</textarea>`;
    case 'dropdown':
      return dropdown(field, filled, shared);
    case 'file':
      return `<input${attributes({ ...shared, type: 'file', multiple: field.isMultiple, accept: field.accept })}>`;
    case 'number':
      return `<input${attributes({ ...shared, type: 'number', step: 'any', value })}>`;
    case 'password':
      return `<input${attributes({ ...shared, type: 'password', autocomplete: 'off' })}>`;
    default:
      return `<input${attributes({ ...shared, type: field.type, value })}>`;
  }
}

function dropdown(field: FormField, { values }: Filled, shared: Attributes): string {
  const empty = field.isMultiple
    ? ''
    : `<option value="">${escapeHtml(field.placeholder || 'Select …')}</option>`;
  const options = field.choices.map(
    (choice) =>
      `<option${attributes({ value: choice, selected: values.includes(choice) })}>${escapeHtml(choice)}</option>`,
  );
  return `<select${attributes({ ...shared, placeholder: '', multiple: field.isMultiple })}>${empty}${options.join('')}</select>`;
}

function choiceGroup(field: FormField, filled: Filled): string {
  const boxes = field.choices.map((choice) => {
    const about = {
      type: field.type,
      name: field.input,
      value: choice,
      checked: filled.values.includes(choice),
      required: field.type === 'radio' && field.isRequired,
    };
    return `<label class="choice"><input${attributes(about)}>${escapeHtml(choice)}</label>`;
  });
  const { 'aria-describedby': describedBy } = sharedAttributes(field, filled);
  return `<fieldset${attributes({ 'aria-describedby': describedBy })}><legend>${labelOf(field)}</legend>
${boxes.join('\n')}${errorOf(field, filled)}</fieldset>`;
}

const labelOf = ({ label, isRequired }: FormField) =>
  `${escapeHtml(label)}${isRequired ? ' <span class="required" aria-hidden="true">*</span>' : ''}`;

const errorOf = ({ input }: FormField, { error }: Filled) =>
  error === undefined ? '' : `<p class="error" id="${input}-error">${escapeHtml(error)}</p>`;

const sharedAttributes = ({ input, placeholder }: FormField, { error }: Filled) => ({
  name: input,
  placeholder,
  'aria-invalid': error === undefined ? '' : 'true',
  'aria-describedby': error === undefined ? '' : `${input}-error`,
});

type Attributes = Readonly<Record<string, string | boolean>>;

/** Empty and false ones are left out, except a value. */
function attributes(given: Attributes): string {
  return Object.entries(given)
    .filter(([name, value]) => value !== false && (value !== '' || name === 'value'))
    .map(([name, value]) =>
      value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`,
    )
    .join('');
}
