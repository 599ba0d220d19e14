import { expect, test } from 'vitest';
import { decode, encode } from './link-message.ts';

test('bytes arrive as bytes, at any depth', () => {
  const body = Buffer.from([0, 255, 10]);
  const answer = { id: 'a', response: { body, list: [new Uint8Array([1])] } };
  const { message } = decode(encode({ from: 'p', message: answer })) ?? {};
  expect(message).toEqual({ id: 'a', response: { body, list: [Buffer.from([1])] } });
});

test('what is no message is dropped', () => {
  expect(decode('{"from":')).toBeUndefined();
});
