import { describeParams, p, type Property } from '@millrace/workflow/node-api';

const upTo32 = [3, 3.1, 3.2];

/** Parameters of versions 3 to 3.5 (n8n-facts K). */
export const setProperties: readonly Property[] = [
  ...describeParams({
    mode: p.options({
      label: 'Mode',
      default: 'manual',
      choices: [
        { value: 'manual', label: 'Manual mapping', hint: 'Field by field' },
        { value: 'raw', label: 'JSON', hint: 'All fields as one JSON object' },
      ],
    }),
    duplicateItem: p.boolean({
      label: 'Duplicate item',
      hint: 'Puts out each item several times: a way to try what follows with more data',
    }),
    duplicateCount: p.raw({
      label: 'Duplicate count',
      type: 'number',
      default: 0,
      when: { duplicateItem: [true] },
    }),
    jsonOutput: p.raw({
      label: 'JSON',
      type: 'json',
      default: '{\n  "my_field_1": "value",\n  "my_field_2": 1\n}\n',
      typeOptions: { rows: 5 },
      validateType: 'object',
      ignoreValidationDuringExecution: true,
      when: { mode: ['raw'] },
    }),
    fields: p.list({
      label: 'Fields to set',
      sortable: true,
      addLabel: 'Add field',
      when: { '@version': upTo32, mode: ['manual'] },
      item: {
        name: p.string({ label: 'Name' }),
        type: p.options({
          label: 'Type',
          default: 'stringValue',
          choices: [
            { value: 'stringValue', label: 'String' },
            { value: 'numberValue', label: 'Number' },
            { value: 'booleanValue', label: 'Boolean' },
            { value: 'arrayValue', label: 'Array' },
            { value: 'objectValue', label: 'Object' },
          ],
        }),
        stringValue: p.string({ label: 'Value', when: { type: ['stringValue'] } }),
        numberValue: p.string({ label: 'Value', when: { type: ['numberValue'] } }),
        booleanValue: p.raw({
          label: 'Value',
          type: 'options',
          default: 'true',
          options: [
            { name: 'True', value: 'true' },
            { name: 'False', value: 'false' },
          ],
          when: { type: ['booleanValue'] },
        }),
        arrayValue: p.string({ label: 'Value', when: { type: ['arrayValue'] } }),
        objectValue: p.json({ label: 'Value', default: '={}', when: { type: ['objectValue'] } }),
      },
    }),
    assignments: p.assignments({
      label: 'Fields to set',
      when: { mode: ['manual'] },
      unless: { '@version': upTo32 },
    }),
  }),
  ...describeParams({
    include: p.options({
      label: 'Include in output',
      default: 'all',
      when: { '@version': upTo32 },
      choices: [
        { value: 'all', label: 'All input fields' },
        { value: 'none', label: 'No input fields' },
        { value: 'selected', label: 'Selected input fields' },
        { value: 'except', label: 'All input fields except' },
      ],
    }),
    includeOtherFields: p.boolean({
      label: 'Include other input fields',
      unless: { '@version': upTo32 },
    }),
  }),
  ...describeParams({
    include: p.options({
      label: 'Input fields to include',
      default: 'all',
      unless: { '@version': upTo32, '/includeOtherFields': [false] },
      choices: [
        { value: 'all', label: 'All' },
        { value: 'selected', label: 'Selected' },
        { value: 'except', label: 'All except' },
      ],
    }),
    includeFields: p.string({
      label: 'Fields to include',
      placeholder: 'fieldOne, fieldTwo',
      when: { include: ['selected'], '@version': upTo32 },
    }),
    excludeFields: p.string({
      label: 'Fields to exclude',
      placeholder: 'fieldOne, fieldTwo',
      when: { include: ['except'], '@version': upTo32 },
    }),
  }),
  ...describeParams({
    includeFields: p.string({
      label: 'Fields to include',
      placeholder: 'fieldOne, fieldTwo',
      when: { include: ['selected'], '/includeOtherFields': [true] },
      unless: { '@version': upTo32 },
    }),
    excludeFields: p.string({
      label: 'Fields to exclude',
      placeholder: 'fieldOne, fieldTwo',
      when: { include: ['except'], '/includeOtherFields': [true] },
      unless: { '@version': upTo32 },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        includeBinary: p.boolean({
          label: 'Include binary files',
          default: true,
          unless: { '@version': [{ _cnd: { gte: 3.4 } }] },
        }),
        stripBinary: p.boolean({
          label: 'Strip binary files',
          default: true,
          when: { '@version': [{ _cnd: { gte: 3.4 } }] },
        }),
        ignoreConversionErrors: p.boolean({
          label: 'Ignore type conversion errors',
          when: { '/mode': ['manual'] },
        }),
        dotNotation: p.boolean({
          label: 'Support dot notation',
          default: true,
          hint: 'Whether "a.b" names b inside a',
        }),
      },
    }),
  }),
];
