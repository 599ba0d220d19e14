import { expect, test } from 'vitest';
import type { NodeDescription } from '@millrace/workflow/node-api';
import { entriesOf, search } from './search.ts';

const type = (displayName: string, more: Partial<NodeDescription> = {}): NodeDescription => ({
  name: `t.${displayName}`,
  displayName,
  group: ['data'],
  version: 1,
  inputs: ['main'],
  outputs: ['main'],
  properties: [],
  ...more,
});
const entries = [
  type('HTTP Request', { codex: { alias: ['api', 'curl'] } }),
  type('Edit Fields (Set)'),
  type('Slack', {
    properties: [
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        default: 'post',
        options: [{ name: 'Post', value: 'post', action: 'Send a message' }],
      },
    ],
  }),
].flatMap(entriesOf);
const titles = (query: string) => search(entries, query).map(({ title }) => title);

test.each([
  ['finds by alias', 'curl', ['HTTP Request']],
  ['finds the start of a later word', 'set', ['Edit Fields (Set)']],
  ['forgives a missing letter', 'htp', ['HTTP Request']],
  ['finds actions by their words', 'send message', ['Send a message']],
  ['wants every word', 'http banana', []],
  ['shows nodes only without a query', '', ['HTTP Request', 'Edit Fields (Set)', 'Slack']],
])('%s', (_, query, found) => {
  expect(titles(query)).toEqual(found);
});

test('an action brings the parameters that choose it', () => {
  expect(search(entries, 'send message')[0]?.parameters).toEqual({ operation: 'post' });
});
