import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';

const writing: When = { mode: ['jsonToxml'] };
const reading: When = { mode: ['xmlToJson'] };

const keyFields = {
  attrkey: p.string({
    label: 'Attribute key',
    hint: 'The field that holds attributes',
    default: '$',
  }),
  charkey: p.string({ label: 'Character key', hint: 'The field that holds text', default: '_' }),
};

const dataPropertyName = (hint: string, when: When) => ({
  dataPropertyName: p.string({
    label: 'Property name',
    hint,
    default: 'data',
    required: true,
    when,
  }),
});

export const xmlProperties: readonly Property[] = [
  ...describeParams({
    mode: p.options({
      label: 'Mode',
      default: 'xmlToJson',
      choices: [
        { value: 'jsonToxml', label: 'JSON to XML' },
        { value: 'xmlToJson', label: 'XML to JSON' },
      ],
    }),
    ...dataPropertyName('The field the XML is put into', writing),
    options: p.collection({
      label: 'Options',
      when: writing,
      fields: {
        allowSurrogateChars: p.boolean({ label: 'Allow surrogate characters' }),
        ...keyFields,
        cdata: p.boolean({ label: 'CDATA', hint: 'Wrap text that would need escapes in CDATA' }),
        headless: p.boolean({ label: 'Headless', hint: 'Without the XML declaration' }),
        rootName: p.string({ label: 'Root name', default: 'root' }),
      },
    }),
  }),
  ...describeParams({
    ...dataPropertyName('The field that holds the XML', reading),
    options: p.collection({
      label: 'Options',
      when: reading,
      fields: {
        ...keyFields,
        explicitArray: p.boolean({ label: 'Explicit array', hint: 'A list even for one child' }),
        explicitRoot: p.boolean({ label: 'Explicit root', default: true }),
        ignoreAttrs: p.boolean({ label: 'Ignore attributes' }),
        mergeAttrs: p.boolean({ label: 'Merge attributes', default: true }),
        normalize: p.boolean({ label: 'Normalize', hint: 'Single blanks inside text' }),
        normalizeTags: p.boolean({ label: 'Normalize tags', hint: 'Lower-case names' }),
        trim: p.boolean({ label: 'Trim', hint: 'No blanks around text' }),
      },
    }),
  }),
];
