import type { ParamMap } from '@millrace/workflow/node-api';
import { p } from '@millrace/workflow/node-api';

const isJsonBody = { requestMethod: ['POST'], requestFormat: ['json'] };

/** The parameters of versions 1 and 1.1, in n8n's wire form. */
export const graphqlParams = {
  authentication: p.options({
    label: 'Authentication',
    default: 'none',
    choices: [
      { value: 'none', label: 'None' },
      { value: 'basicAuth', label: 'Basic' },
      { value: 'customAuth', label: 'Custom (JSON)' },
      { value: 'digestAuth', label: 'Digest' },
      { value: 'headerAuth', label: 'Header' },
      { value: 'oAuth2', label: 'OAuth2' },
      { value: 'queryAuth', label: 'Query' },
    ],
  }),
  requestMethod: p.options({
    label: 'Method',
    default: 'POST',
    choices: [
      { value: 'GET', label: 'GET' },
      { value: 'POST', label: 'POST' },
    ],
  }),
  endpoint: p.string({
    label: 'Endpoint',
    required: true,
    placeholder: 'https://example.com/graphql',
  }),
  allowUnauthorizedCerts: p.boolean({ label: 'Ignore certificate errors', default: false }),
  requestFormat: p.raw({
    label: 'Request format',
    type: 'options',
    default: 'json',
    when: { requestMethod: ['POST'] },
    options: [
      { name: 'JSON (most services)', value: 'json' },
      { name: 'GraphQL (bare query as the body)', value: 'graphql' },
    ],
  }),
  query: p.text({ label: 'Query', required: true }),
  variables: p.json({ label: 'Variables', when: isJsonBody }),
  operationName: p.string({ label: 'Operation name', when: isJsonBody }),
  responseFormat: p.options({
    label: 'Response format',
    default: 'json',
    choices: [
      { value: 'json', label: 'JSON' },
      { value: 'string', label: 'Text' },
    ],
  }),
  dataPropertyName: p.string({
    label: 'Put output in field',
    default: 'data',
    when: { responseFormat: ['string'] },
  }),
  headerParametersUi: p.list({
    label: 'Headers',
    group: 'parameter',
    addLabel: 'Add header',
    item: { name: p.string({ label: 'Name' }), value: p.string({ label: 'Value' }) },
  }),
} satisfies ParamMap;
