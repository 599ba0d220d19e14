import { Email, Password } from '@millrace/api';
import { expect, test } from 'vitest';
import { emailFault, minPasswordLength, passwordFault } from './account-rules.ts';
import { safeNext } from './next-path.ts';

test.each([
  ['', 'auth.faults.emailMissing'],
  ['ada', 'auth.faults.emailShape'],
  ['a b@c', 'auth.faults.emailShape'],
  [' ada@example.org ', undefined],
])('email "%s": %s', (email, fault) => {
  expect(emailFault(email)).toBe(fault);
});

test.each([
  ['', 'auth.faults.passwordMissing'],
  ['1234567', 'auth.faults.passwordShort'],
  ['12345678', undefined],
  ['x'.repeat(257), 'auth.faults.passwordLong'],
])('password "%s": %s', (password, fault) => {
  expect(passwordFault(password)).toBe(fault);
});

test('the rules are those of the server', () => {
  expect(Password).toMatchObject({ minLength: minPasswordLength, maxLength: 256 });
  expect(Email).toMatchObject({ pattern: String.raw`^[^\s@]+@[^\s@]+$` });
});

test.each([
  ['/executions?status=error', '/executions?status=error'],
  ['//evil.example', '/workflows'],
  [String.raw`/\evil.example`, '/workflows'],
  ['https://evil.example', '/workflows'],
  [undefined, '/workflows'],
])('after signing in, %s leads to %s', (next, path) => {
  expect(safeNext(next)).toBe(path);
});
