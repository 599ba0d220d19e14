import { describeParams, p, type Property } from '@millrace/workflow/node-api';

const includeInput = { includeInputFields: p.boolean({ label: 'Include input fields' }) };

const choices = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));

const output = (name: string, operation: string) =>
  p.string({ label: 'Output field name', default: name, when: { operation: [operation] } });

const units = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
];

const shiftParams = (operation: string) => ({
  magnitude: p.string({ label: 'Date', required: true, when: { operation: [operation] } }),
  timeUnit: p.options({
    label: 'Time unit',
    default: 'days',
    choices: choices(...units),
    when: { operation: [operation] },
  }),
  duration: p.number({ label: 'Duration', default: 0, when: { operation: [operation] } }),
  outputFieldName: output('newDate', operation),
  options: p.collection({
    label: 'Options',
    when: { operation: [operation] },
    fields: includeInput,
  }),
});

const dateOf = (operation: string) => ({
  date: p.string({ label: 'Date', required: true, when: { operation: [operation] } }),
});

/** Parameters of version 2 (n8n-facts K). */
export const dateTimeProperties: readonly Property[] = [
  ...describeParams({
    operation: p.options({
      label: 'Operation',
      default: 'getCurrentDate',
      fixed: true,
      choices: [
        { value: 'addToDate', label: 'Add to a date' },
        { value: 'extractDate', label: 'Extract part of a date' },
        { value: 'formatDate', label: 'Format a date' },
        { value: 'getCurrentDate', label: 'Get current date' },
        { value: 'getTimeBetweenDates', label: 'Get time between dates' },
        { value: 'roundDate', label: 'Round a date' },
        { value: 'subtractFromDate', label: 'Subtract from a date' },
      ],
    }),
    includeTime: p.boolean({
      label: 'Include current time',
      default: true,
      when: { operation: ['getCurrentDate'] },
    }),
    outputFieldName: output('currentDate', 'getCurrentDate'),
    options: p.collection({
      label: 'Options',
      when: { operation: ['getCurrentDate'] },
      fields: { ...includeInput, timezone: p.string({ label: 'Timezone' }) },
    }),
  }),
  ...describeParams(shiftParams('addToDate')),
  ...describeParams(shiftParams('subtractFromDate')),
  ...describeParams({
    ...dateOf('formatDate'),
    format: p.options({
      label: 'Format',
      default: 'MM/dd/yyyy',
      when: { operation: ['formatDate'] },
      choices: choices(
        'custom',
        'MM/dd/yyyy',
        'yyyy/MM/dd',
        'MMMM dd yyyy',
        'MM-dd-yyyy',
        'yyyy-MM-dd',
        'X',
        'x',
      ),
    }),
    customFormat: p.string({
      label: 'Custom format',
      placeholder: 'yyyy-MM-dd',
      when: { format: ['custom'], operation: ['formatDate'] },
    }),
    outputFieldName: output('formattedDate', 'formatDate'),
    options: p.collection({
      label: 'Options',
      when: { operation: ['formatDate'] },
      fields: {
        ...includeInput,
        fromFormat: p.string({ label: 'From date format' }),
        timezone: p.boolean({ label: 'Use workflow timezone' }),
      },
    }),
  }),
  ...describeParams({
    ...dateOf('roundDate'),
    mode: p.options({
      label: 'Mode',
      default: 'roundDown',
      when: { operation: ['roundDate'] },
      choices: [
        { value: 'roundDown', label: 'Round down' },
        { value: 'roundUp', label: 'Round up' },
      ],
    }),
    toNearest: p.options({
      label: 'To nearest',
      default: 'month',
      when: { operation: ['roundDate'], mode: ['roundDown'] },
      choices: choices('year', 'month', 'week', 'day', 'hour', 'minute', 'second'),
    }),
    to: p.options({
      label: 'To',
      default: 'month',
      when: { operation: ['roundDate'], mode: ['roundUp'] },
      choices: [{ value: 'month', label: 'End of month' }],
    }),
    outputFieldName: output('roundedDate', 'roundDate'),
    options: p.collection({
      label: 'Options',
      when: { operation: ['roundDate'] },
      fields: includeInput,
    }),
  }),
  ...describeParams({
    startDate: p.string({
      label: 'Start date',
      required: true,
      when: { operation: ['getTimeBetweenDates'] },
    }),
    endDate: p.string({
      label: 'End date',
      required: true,
      when: { operation: ['getTimeBetweenDates'] },
    }),
    units: p.multiOptions({
      label: 'Units',
      default: ['day'],
      when: { operation: ['getTimeBetweenDates'] },
      choices: choices('year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'),
    }),
    outputFieldName: output('timeDifference', 'getTimeBetweenDates'),
    options: p.collection({
      label: 'Options',
      when: { operation: ['getTimeBetweenDates'] },
      fields: { ...includeInput, isoString: p.boolean({ label: 'Output as ISO string' }) },
    }),
  }),
  ...describeParams({
    ...dateOf('extractDate'),
    part: p.options({
      label: 'Part',
      default: 'month',
      when: { operation: ['extractDate'] },
      choices: choices('year', 'month', 'week', 'day', 'hour', 'minute', 'second'),
    }),
    outputFieldName: output('datePart', 'extractDate'),
    options: p.collection({
      label: 'Options',
      when: { operation: ['extractDate'] },
      fields: includeInput,
    }),
  }),
];
