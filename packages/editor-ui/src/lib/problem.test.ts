import { ApiError } from '@millrace/api';
import { expect, test } from 'vitest';
import { toProblem } from './problem.ts';

test('an answer of the server keeps its fix and its fields', () => {
  const error = new ApiError({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    code: 'RESOURCE_INVALID',
    detail: 'The body is wrong',
    fix: 'Mend it',
    errors: [{ pointer: '/email', detail: 'is not an address' }],
  });
  const problem = toProblem(error, 'offline');
  expect(problem).toMatchObject({ text: 'The body is wrong', fix: 'Mend it', status: 400 });
  expect(problem.fields.get('email')).toBe('is not an address');
});

test.each([
  ['a failed fetch', new TypeError('Failed to fetch'), 'offline'],
  ['another error', new Error('broken'), 'broken'],
  ['a thrown text', 'odd', 'odd'],
])('%s says what is wrong', (_, thrown, text) => {
  expect(toProblem(thrown, 'offline').text).toBe(text);
});
