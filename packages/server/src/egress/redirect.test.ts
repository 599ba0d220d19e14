import { expect, test } from 'vitest';

import { redirectOf } from './redirect.ts';

const answer = (status: number, location?: string) => ({
  status,
  statusText: '',
  headers: location === undefined ? {} : { location },
  body: new Uint8Array(),
  url: 'https://a.test/x',
});
const post = {
  method: 'POST',
  url: 'https://a.test/x',
  headers: {
    Authorization: 'secret',
    'X-Api-Key': 'k',
    cookie: 'c',
    'content-type': 'text/plain',
    'x-other': 'o',
  },
  body: 'b',
};

test.each([
  [301, 'GET', undefined],
  [302, 'GET', undefined],
  [303, 'GET', undefined],
  [307, 'POST', 'b'],
  [308, 'POST', 'b'],
])('%i turns POST into %s', (status, method, body) => {
  const next = redirectOf(post, answer(status, '/y'));
  expect(next).toMatchObject({ method, url: 'https://a.test/y' });
  expect(next?.body).toBe(body);
});

test('keeps credentials on the same origin and drops them on another', () => {
  expect(redirectOf(post, answer(307, '/y'))?.headers).toMatchObject({
    Authorization: 'secret',
    cookie: 'c',
  });
  for (const elsewhere of ['https://b.test/', 'http://a.test/', 'https://a.test:8443/']) {
    expect(Object.keys(redirectOf(post, answer(307, elsewhere))?.headers ?? {})).toEqual([
      'content-type',
      'x-other',
    ]);
  }
});

test('an answer that is no redirect asks for nothing', () => {
  expect(redirectOf(post, answer(200, '/y'))).toBeUndefined();
  expect(redirectOf(post, answer(302))).toBeUndefined();
});
