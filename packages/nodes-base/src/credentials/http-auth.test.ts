import { expect, test } from 'vitest';
import { httpAuthTypes } from './http-auth.ts';

test.each([
  ['httpBasicAuth', ['user', 'password']],
  ['httpHeaderAuth', ['name', 'value']],
  ['httpBearerAuth', ['token']],
])('%s keeps its secret out of sight', (name, fields) => {
  const type = httpAuthTypes.find((each) => each.name === name);
  expect(type?.properties.map((property) => property.name)).toEqual(fields);
  expect(type?.properties.at(-1)?.typeOptions).toEqual({ password: true });
});
