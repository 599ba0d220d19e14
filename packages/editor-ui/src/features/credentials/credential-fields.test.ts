import { expect, test } from 'vitest';
import { dataOf, fieldFault, fieldsOf } from './credential-fields.ts';

const fields = fieldsOf({
  name: 'demo',
  displayName: 'Demo',
  isOAuth2: false,
  canTest: false,
  hosts: [],
  properties: [
    { displayName: 'User', name: 'user', type: 'string', default: '', required: true },
    {
      displayName: 'Secret',
      name: 'secret',
      type: 'string',
      default: '',
      typeOptions: { password: true },
    },
    { displayName: 'Port', name: 'port', type: 'number', default: 25 },
    { displayName: 'TLS', name: 'tls', type: 'boolean', default: true },
    {
      displayName: 'Region',
      name: 'region',
      type: 'options',
      default: 'eu',
      options: [
        { name: 'Europe', value: 'eu' },
        { name: 'America', value: 'us' },
      ],
    },
    { displayName: 'Fixed', name: 'fixed', type: 'hidden', default: 'x' },
  ],
});

test('fields follow the types; hidden ones are left out', () => {
  expect(fields.map(({ name, kind }) => `${name}:${kind}`)).toEqual([
    'user:text',
    'secret:secret',
    'port:number',
    'tls:toggle',
    'region:choice',
  ]);
  expect(fields[4]?.choices).toEqual([
    { value: 'eu', label: 'Europe' },
    { value: 'us', label: 'America' },
  ]);
});

test('a new credential sends defaults, with numbers and switches as such', () => {
  const values = new Map([
    ['user', 'ada'],
    ['secret', 's3'],
    ['port', '465'],
  ]);
  expect(dataOf(fields, values, false)).toEqual({
    user: 'ada',
    secret: 's3',
    port: 465,
    tls: true,
    region: 'eu',
  });
});

test('an edit sends only what was typed', () => {
  expect(
    dataOf(
      fields,
      new Map([
        ['secret', 'new'],
        ['user', ''],
      ]),
      true,
    ),
  ).toEqual({ secret: 'new' });
});

test.each([
  ['user', '', false, 'credentials.faults.fieldMissing'],
  ['user', '', true, undefined],
  ['secret', '', false, undefined],
  ['port', 'many', false, 'credentials.faults.notNumber'],
  ['port', '25', false, undefined],
])('%s with "%s" (stored: %s) is %s', (name, value, isStored, fault) => {
  const field = fields.find((each) => each.name === name);
  expect(field && fieldFault(field, value, isStored)).toBe(fault);
});
