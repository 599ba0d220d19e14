import { describeParams, p, type Property } from '@millrace/workflow/node-api';

/** HTTP methods a webhook may listen to. */
export const methodChoices = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'].map((value) => ({
  value,
  label: value,
}));

/** Options that Webhook and Wait share. */
export const webhookOptionFields = {
  allowedOrigins: p.string({ label: 'Allowed origins (CORS)', default: '*' }),
  binaryData: p.boolean({ label: 'Binary file', hint: 'Keep the body as a file' }),
  binaryPropertyName: p.string({ label: 'Field name for binary data', default: 'data' }),
  ignoreBots: p.boolean({ label: 'Ignore bots' }),
  ipWhitelist: p.string({ label: 'IP allow list', placeholder: '127.0.0.1, 192.168.1.1' }),
  noResponseBody: p.boolean({ label: 'No response body' }),
  onlyRunIf: p.raw({ label: 'Only run if', type: 'boolean', default: true }),
  rawBody: p.boolean({ label: 'Raw body' }),
  responseCode: p.raw({
    label: 'Response code',
    type: 'fixedCollection',
    default: { values: { responseCode: 200 } },
    options: [],
  }),
  responseContentType: p.string({ label: 'Response content type' }),
  responseData: p.string({ label: 'Response data' }),
  responseHeaders: p.list({
    label: 'Response headers',
    group: 'entries',
    item: { name: p.string({ label: 'Name' }), value: p.string({ label: 'Value' }) },
  }),
  responsePropertyName: p.string({ label: 'Property name', default: 'data' }),
};

/** Parameters of versions 1 to 2.1 (n8n-facts K). */
export const webhookProperties: readonly Property[] = [
  ...describeParams({
    multipleMethods: p.boolean({ label: 'Allow several HTTP methods', fixed: true }),
    httpMethod: p.options({
      label: 'HTTP method',
      default: 'GET',
      choices: methodChoices,
      when: { multipleMethods: [false] },
    }),
  }),
  ...describeParams({
    httpMethod: p.multiOptions({
      label: 'HTTP methods',
      default: ['GET', 'POST'],
      choices: methodChoices,
      when: { multipleMethods: [true] },
    }),
    path: p.string({ label: 'Path', placeholder: 'webhook' }),
    authentication: p.options({
      label: 'Authentication',
      default: 'none',
      choices: [
        { value: 'none', label: 'None' },
        { value: 'basicAuth', label: 'Basic auth' },
        { value: 'headerAuth', label: 'Header auth' },
        { value: 'jwtAuth', label: 'JWT auth' },
      ],
    }),
    responseMode: p.options({
      label: 'Respond',
      default: 'onReceived',
      choices: [
        { value: 'onReceived', label: 'Immediately' },
        { value: 'lastNode', label: 'When the last node finishes' },
        { value: 'responseNode', label: 'Using a Respond to Webhook node' },
        { value: 'streaming', label: 'Streaming' },
      ],
    }),
    responseCode: p.number({
      label: 'Response code',
      default: 200,
      min: 100,
      max: 599,
      when: { '@version': [1, 1.1] },
      unless: { responseMode: ['responseNode'] },
    }),
    responseData: p.options({
      label: 'Response data',
      default: 'firstEntryJson',
      when: { responseMode: ['lastNode'] },
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
      when: { responseData: ['firstEntryBinary'] },
    }),
    options: p.collection({ label: 'Options', fields: webhookOptionFields }),
  }),
];
