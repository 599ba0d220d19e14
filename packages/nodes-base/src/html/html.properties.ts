import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';

const generating: When = { operation: ['generateHtmlTemplate'] };
const extracting: When = { operation: ['extractHtmlContent'] };
const tabling: When = { operation: ['convertToHtmlTable'] };

const valueParams = {
  key: p.string({ label: 'Key', hint: 'The field the value is put into' }),
  cssSelector: p.string({ label: 'CSS selector', placeholder: '.price' }),
  returnValue: p.options({
    label: 'Return value',
    default: 'text',
    choices: [
      { value: 'attribute', label: 'Attribute' },
      { value: 'html', label: 'HTML', hint: 'The HTML inside the element' },
      { value: 'text', label: 'Text', hint: 'The text of the element' },
      { value: 'value', label: 'Value', hint: 'The value of an input, select or text area' },
    ],
  }),
  attribute: p.string({
    label: 'Attribute',
    placeholder: 'class',
    when: { returnValue: ['attribute'] },
  }),
  skipSelectors: p.string({
    label: 'Skip selectors',
    hint: 'Elements to leave out of the text, comma-separated',
    placeholder: 'img, .note, #footer',
    when: { returnValue: ['text'], '@version': [{ _cnd: { gt: 1 } }] },
  }),
  returnArray: p.boolean({
    label: 'Return array',
    hint: 'All matches as a list. When off, the first match',
  }),
};

const extractionValues = (version: unknown, first: Readonly<Record<string, unknown>>) => ({
  extractionValues: p.list({
    label: 'Extraction values',
    when: { ...extracting, '@version': [version] },
    addLabel: 'Add value',
    sortable: true,
    default: first,
    item: valueParams,
  }),
});

const dataPropertyName = (kind: 'binary' | 'json', label: string) => ({
  dataPropertyName: p.string({
    label,
    default: 'data',
    required: true,
    when: { ...extracting, sourceData: [kind] },
  }),
});

/** The parameters of the HTML node, and of HTML Extract, its predecessor. */
export const sourceProperties: readonly Property[] = [
  ...describeParams({
    sourceData: p.options({
      label: 'Source data',
      default: 'json',
      when: extracting,
      choices: [
        { value: 'binary', label: 'Binary' },
        { value: 'json', label: 'JSON' },
      ],
    }),
  }),
  ...describeParams(dataPropertyName('binary', 'Input binary field')),
  ...describeParams(dataPropertyName('json', 'JSON property')),
  ...describeParams(extractionValues(1, {})),
  ...describeParams(
    extractionValues({ _cnd: { gt: 1 } }, { values: [{ key: '', cssSelector: '' }] }),
  ),
  ...describeParams({
    options: p.collection({
      label: 'Options',
      when: extracting,
      fields: {
        trimValues: p.boolean({ label: 'Trim values', default: true }),
        cleanUpText: p.boolean({
          label: 'Clean up text',
          hint: 'Without line breaks, and with single blanks',
          default: true,
        }),
      },
    }),
  }),
];

const style = (label: string) =>
  p.string({ label, placeholder: 'style="color: #333"', when: { customStyling: [true] } });

export const htmlProperties: readonly Property[] = [
  ...describeParams({
    operation: p.options({
      label: 'Operation',
      default: 'generateHtmlTemplate',
      fixed: true,
      choices: [
        { value: 'generateHtmlTemplate', label: 'Generate HTML template' },
        { value: 'extractHtmlContent', label: 'Extract HTML content' },
        { value: 'convertToHtmlTable', label: 'Convert to HTML table' },
      ],
    }),
    html: p.raw({
      label: 'HTML template',
      type: 'string',
      default: '<!DOCTYPE html>\n<html>\n<body>\n  <h1>{{ $json.title }}</h1>\n</body>\n</html>',
      fixed: true,
      typeOptions: { editor: 'htmlEditor' },
      when: generating,
    }),
  }),
  ...sourceProperties,
  ...describeParams({
    options: p.collection({
      label: 'Options',
      when: tabling,
      fields: {
        capitalize: p.boolean({ label: 'Capitalize headers' }),
        customStyling: p.boolean({ label: 'Custom styling' }),
        caption: p.string({ label: 'Caption' }),
        tableAttributes: style('Table attributes'),
        headerAttributes: style('Header attributes'),
        rowAttributes: style('Row attributes'),
        cellAttributes: style('Cell attributes'),
      },
    }),
  }),
];
