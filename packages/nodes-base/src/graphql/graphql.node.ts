import { NodeError } from '@millrace/workflow/errors';
import type { CredentialUse, ExecuteContext } from '@millrace/workflow/node-api';
import { defineNode } from '@millrace/workflow/node-api';
import type { HttpResponse } from '@millrace/workflow/ports';
import { isRecord, jsonField, rows } from '../http-request/fields.ts';
import { withQuery } from '../http-request/query.ts';
import { networkError, statusError } from '../http-request/response-error.ts';
import { textOf } from '../http-request/response-text.ts';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';
import { graphqlParams } from './graphql.properties.ts';

const CREDENTIALS = new Map([
  ['basicAuth', 'httpBasicAuth'],
  ['customAuth', 'httpCustomAuth'],
  ['digestAuth', 'httpDigestAuth'],
  ['headerAuth', 'httpHeaderAuth'],
  ['oAuth2', 'oAuth2Api'],
  ['queryAuth', 'httpQueryAuth'],
]);

const credentials = [...CREDENTIALS].map(([authentication, name]): CredentialUse => ({
  name,
  required: true,
  displayOptions: { show: { authentication: [authentication] } },
}));

/** Sends a GraphQL query per item. Version 1 sent the bare query where nothing else was said. */
export const graphqlNode = defineNode({
  name: 'n8n-nodes-base.graphql',
  label: 'GraphQL',
  description: 'Asks a GraphQL service and gives what it answers',
  version: [1, 1.1],
  defaultVersion: 1.1,
  group: ['input'],
  icon: icon('M12 3l8 4.5v9L12 21l-8-4.5v-9z', 'M12 3l8 13.5H4z'),
  crashPolicy: 'ask',
  credentials,
  params: graphqlParams,
  execute: (context) => forEachItem(context, (_item, index) => ask(context, index)),
});

async function ask(context: ExecuteContext, index: number) {
  const response = await send(context, index);
  if (response.status < 200 || response.status >= 300) throw statusError(response, index);
  const text = textOf(response);
  const body = parsed(text);
  if (isRecord(body) && Array.isArray(body['errors']) && body['errors'].length > 0)
    throw refusal(context, body['errors'], index);
  if (context.param('responseFormat', index) === 'string') {
    const field = String(context.param('dataPropertyName', index, { fallback: 'data' }));
    return { json: { [field]: text } };
  }
  if (isRecord(body)) return { json: body };
  throw new NodeError(
    'The response is no JSON object, as GraphQL wants it',
    { node: context.node.name, itemIndex: index, description: text.slice(0, 500) },
    { fix: 'Check the endpoint, or set "Response format" to "Text"' },
  );
}

async function send(context: ExecuteContext, index: number): Promise<HttpResponse> {
  const param = (path: string, fallback = '') => String(context.param(path, index, { fallback }));
  const endpoint = param('endpoint').trim();
  const query = param('query');
  const isGet = param('requestMethod', 'POST') === 'GET';
  const authentication = CREDENTIALS.get(param('authentication', 'none'));
  const headers: Record<string, string> = { accept: 'application/json' };
  for (const { name, value } of rows(context, 'headerParametersUi.parameter', index))
    if (name) headers[name.toLowerCase()] = String(value ?? '');
  try {
    return await context.http.request({
      method: isGet ? 'GET' : 'POST',
      url: isGet ? withQuery(endpoint, { query }, 'indices') : endpoint,
      signal: context.signal,
      ...(isGet ? { headers } : bodyOf(context, query, index, headers)),
      ...(context.param('allowUnauthorizedCerts', index, { fallback: false }) === true && {
        allowUnauthorizedCerts: true,
      }),
      ...(authentication !== undefined && { authentication }),
    });
  } catch (error) {
    throw networkError(error, index);
  }
}

function bodyOf(
  context: ExecuteContext,
  query: string,
  index: number,
  headers: Record<string, string>,
) {
  const { node, param } = context;
  const given = node.parameters['requestFormat'];
  const format =
    given === undefined && node.typeVersion < 1.1 ? 'graphql' : param('requestFormat', index);
  if (format === 'graphql')
    return { headers: { 'content-type': 'application/graphql', ...headers }, body: query };
  const variables = jsonField(context, 'variables', 'Variables', index);
  const operationName = String(param('operationName', index, { fallback: '' })) || null;
  return {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables, operationName }),
  };
}

/** GraphQL says what went wrong in a response that looks well. */
function refusal({ node }: ExecuteContext, errors: readonly unknown[], itemIndex: number) {
  const messages = errors.map((each) => String(isRecord(each) ? each['message'] : each));
  return new NodeError(
    messages.join(', '),
    { node: node.name, itemIndex, description: JSON.stringify(errors).slice(0, 2000) },
    { fix: 'Check the query and its variables against the schema of the service' },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
