import type { JsonObject } from '@millrace/workflow/items';
import { expect, test } from 'vitest';
import { readFields } from './form-field.ts';
import { readSubmission } from './submission.ts';

const request = {
  method: 'POST',
  url: '',
  headers: {},
  params: {},
  query: {},
  rawBody: new Uint8Array(),
  ip: '',
};
const file = (fileName: string, mimeType = 'text/plain') => ({
  field: 'field-0',
  binary: { id: fileName, data: 'filesystem', mimeType, fileName, bytes: 3 },
});
const choices = { fieldOptions: { values: [{ option: 'a' }, { option: 'b' }, { option: 'c' }] } };

function read(
  element: JsonObject,
  given: string | string[] | undefined,
  files: ReturnType<typeof file>[] = [],
) {
  const fields = readFields([{ fieldLabel: 'F', ...element }]);
  const body = given === undefined ? {} : { 'field-0': given };
  const { json, errors, binary } = readSubmission(fields, { ...request, body, files });
  return { value: json['F'], error: errors.get('field-0'), binary: Object.keys(binary) };
}

test.each([
  [{}, 'x', 'x', undefined],
  [{}, undefined, null, undefined],
  [{ requiredField: true }, '  ', '  ', 'This field is required'],
  [{ fieldType: 'number' }, '1.5', 1.5, undefined],
  [{ fieldType: 'number' }, '', null, undefined],
  [{ fieldType: 'number' }, 'one', NaN, 'Enter a number'],
  [{ fieldType: 'email' }, 'a@b.test', 'a@b.test', undefined],
  [{ fieldType: 'email' }, 'a@b', 'a@b', 'Enter an e-mail address'],
  [{ fieldType: 'date' }, '2026-03-05', '2026-03-05', undefined],
  [{ fieldType: 'date', formatDate: 'dd/mm/yyyy' }, '2026-03-05', '05/03/2026', undefined],
  [{ fieldType: 'date', formatDate: 'DD.MM.YYYY' }, '2026-03-05', '05.03.2026', undefined],
  [{ fieldType: 'date' }, 'tomorrow', 'tomorrow', 'Enter a date'],
  [{ fieldType: 'dropdown', ...choices }, 'a', 'a', undefined],
  [{ fieldType: 'dropdown', ...choices }, 'z', 'z', 'Choose from the list'],
  [{ fieldType: 'dropdown', multiselect: true, ...choices }, ['a', 'b'], ['a', 'b'], undefined],
  [{ fieldType: 'checkbox', ...choices }, 'a', ['a'], undefined],
  [
    { fieldType: 'checkbox', ...choices, requiredField: true },
    undefined,
    [],
    'This field is required',
  ],
  [
    { fieldType: 'checkbox', ...choices, limitSelection: 'exact', numberOfSelections: 2 },
    'a',
    ['a'],
    'Choose at least 2',
  ],
  [
    { fieldType: 'checkbox', ...choices, limitSelection: 'range', maxSelections: 1 },
    ['a', 'b'],
    ['a', 'b'],
    'Choose at most 1',
  ],
  [{ fieldType: 'radio', ...choices }, ['a', 'b'], 'a', undefined],
])('%j with %j gives %j', (element, given, value, error) => {
  expect(read(element, given)).toMatchObject({ value, ...(error && { error }) });
  expect(read(element, given).error).toBe(error);
});

test('files are named by their field, numbered where there may be several', () => {
  const one = { fieldType: 'file', multipleFiles: false };
  expect(read(one, undefined, [file('a.txt')])).toMatchObject({ binary: ['F'], error: undefined });
  expect(read(one, undefined, [file('a.txt'), file('b.txt')]).error).toBe('Choose one file');
  const several = { fieldType: 'file', requiredField: true, acceptFileTypes: 'image/*, .txt' };
  expect(read(several, undefined, [file('a.txt'), file('b', 'image/png')])).toMatchObject({
    binary: ['F_0', 'F_1'],
    error: undefined,
  });
  expect(read(several, undefined, [file('a.exe')]).error).toMatch(/Only these files/);
  expect(read(several, undefined).error).toBe('Choose a file');
});

test('what the form does not ask for is not taken, and a file cannot be made up in the body', () => {
  const fields = readFields([{ fieldLabel: 'F', fieldType: 'file' }]);
  const body = { 'field-0': { id: 'sha256:0' }, other: 'x', __proto__: { polluted: true } };
  const { json, binary } = readSubmission(fields, { ...request, body, files: [] });
  expect(json).toEqual({ F: [] });
  expect(binary).toEqual({});
});

test('names as in an attack stay plain names', () => {
  const fields = readFields([{ fieldLabel: '__proto__' }, { fieldLabel: 'constructor' }]);
  const body = { 'field-0': 'x', 'field-1': 'y' };
  const { json } = readSubmission(fields, { ...request, body, files: [] });
  expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
  expect(Object.keys(json)).toEqual(['__proto__', 'constructor']);
});
