import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';
import { SPREADSHEETS } from '../spreadsheet/spreadsheet-kinds.ts';

const doing = (...operation: string[]): When => ({ operation });
const tables = doing(...SPREADSHEETS);

const binaryPropertyName = (when: When) => ({
  binaryPropertyName: p.string({
    label: 'Put output file in field',
    default: 'data',
    required: true,
    when,
  }),
});

const sourceProperty = (label: string, when: When) => ({
  sourceProperty: p.string({
    label,
    hint: 'Dots lead into objects',
    required: true,
    placeholder: 'data',
    when,
  }),
});

const fileName = p.string({ label: 'File name', placeholder: 'report.csv' });
const encoding = p.string({
  label: 'Encoding',
  hint: 'Such as utf8 or windows-1252',
  default: 'utf8',
});
const addBOM = p.boolean({ label: 'Add byte order mark (BOM)' });

const tableFields = {
  compression: p.boolean({ label: 'Compression', when: { '/operation': ['xlsx', 'ods'] } }),
  delimiter: p.string({ label: 'Delimiter', default: ',', when: { '/operation': ['csv'] } }),
  fileName,
  headerRow: p.boolean({ label: 'Header row', default: true }),
  sheetName: p.string({
    label: 'Sheet name',
    default: 'Sheet',
    when: { '/operation': ['ods', 'xls', 'xlsx'] },
  }),
};

const person = {
  name: p.string({ label: 'Name' }),
  email: p.string({ label: 'Email', required: true }),
};

const single = (label: string, name: string, values: Property[]) =>
  p.raw({
    label,
    type: 'fixedCollection',
    default: {},
    options: [{ name, displayName: label, values }],
  });

/** What an event may say beside title and times. */
export const eventFields = {
  attendeesUi: p.list({
    label: 'Attendees',
    group: 'attendeeValues',
    item: { ...person, rsvp: p.boolean({ label: 'RSVP' }) },
  }),
  busyStatus: p.options({
    label: 'Busy status',
    default: 'BUSY',
    choices: [
      { value: 'BUSY', label: 'Busy' },
      { value: 'TENTATIVE', label: 'Tentative' },
    ],
  }),
  calName: p.string({ label: 'Calendar name' }),
  description: p.text({ label: 'Description' }),
  fileName: p.string({ label: 'File name', default: 'event.ics' }),
  geolocationUi: single(
    'Geolocation',
    'geolocationValues',
    describeParams({ lat: p.string({ label: 'Latitude' }), lon: p.string({ label: 'Longitude' }) }),
  ),
  location: p.string({ label: 'Location' }),
  recurrenceRule: p.string({ label: 'Recurrence rule', placeholder: 'FREQ=WEEKLY;BYDAY=MO' }),
  organizerUi: single('Organizer', 'organizerValues', describeParams(person)),
  sequence: p.number({ label: 'Sequence', default: 0 }),
  status: p.options({
    label: 'Status',
    default: 'confirmed',
    choices: [
      { value: 'confirmed', label: 'Confirmed' },
      { value: 'cancelled', label: 'Cancelled' },
      { value: 'tentative', label: 'Tentative' },
    ],
  }),
  uid: p.string({ label: 'UID', hint: 'Made up when left out' }),
  url: p.string({ label: 'URL' }),
  useWorkflowTimezone: p.boolean({
    label: 'Use workflow timezone',
    hint: 'For dates that do not say their zone; else they are UTC',
  }),
};

/** The title and times of an event. */
export const eventParams = (when: When) => ({
  title: p.string({ label: 'Event title', when }),
  start: p.dateTime({ label: 'Start', required: true, when }),
  end: p.dateTime({ label: 'End', required: true, when }),
  allDay: p.boolean({ label: 'All day', when }),
});

export const convertToFileProperties: readonly Property[] = [
  ...describeParams({
    operation: p.options({
      label: 'Operation',
      default: 'csv',
      fixed: true,
      choices: [
        { value: 'csv', label: 'Convert to CSV' },
        { value: 'html', label: 'Convert to HTML' },
        { value: 'iCal', label: 'Convert to ICS' },
        { value: 'toJson', label: 'Convert to JSON' },
        { value: 'ods', label: 'Convert to ODS' },
        { value: 'rtf', label: 'Convert to RTF' },
        { value: 'toText', label: 'Convert to text file' },
        { value: 'xls', label: 'Convert to XLS' },
        { value: 'xlsx', label: 'Convert to XLSX' },
        { value: 'toBinary', label: 'Move base64 string to file' },
      ],
    }),
    ...binaryPropertyName(tables),
    options: p.collection({ label: 'Options', when: tables, fields: tableFields }),
  }),
  ...describeParams({
    ...sourceProperty('Base64 input field', doing('toBinary')),
    ...binaryPropertyName(doing('toBinary')),
    options: p.collection({
      label: 'Options',
      when: doing('toBinary'),
      fields: {
        addBOM,
        dataIsBase64: p.boolean({
          label: 'Data is base64',
          default: true,
          when: { '@version': [1] },
        }),
        encoding,
        fileName,
        mimeType: p.string({ label: 'MIME type', placeholder: 'text/plain' }),
      },
    }),
  }),
  ...describeParams({
    ...sourceProperty('Text input field', doing('toText')),
    ...binaryPropertyName(doing('toText')),
    options: p.collection({
      label: 'Options',
      when: doing('toText'),
      fields: { addBOM, encoding, fileName },
    }),
  }),
  ...describeParams({
    mode: p.options({
      label: 'Mode',
      default: 'once',
      when: doing('toJson'),
      choices: [
        { value: 'once', label: 'All items to one file' },
        { value: 'each', label: 'Each item to separate file' },
      ],
    }),
    ...binaryPropertyName(doing('toJson')),
    options: p.collection({
      label: 'Options',
      when: doing('toJson'),
      fields: {
        addBOM,
        format: p.boolean({ label: 'Format', hint: 'Indented' }),
        encoding,
        fileName,
      },
    }),
  }),
  ...describeParams({
    ...eventParams(doing('iCal')),
    ...binaryPropertyName(doing('iCal')),
    additionalFields: p.collection({
      label: 'Additional fields',
      when: doing('iCal'),
      fields: eventFields,
    }),
  }),
];
