// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { effectScope } from 'vue';
import { useShortcut } from './useShortcut.ts';

afterEach(() => document.body.replaceChildren());

test.each([
  ['Ctrl+K', { key: 'k', ctrlKey: true }, true],
  ['Ctrl+K', { key: 'K', metaKey: true }, true],
  ['Ctrl+K', { key: 'k' }, false],
  ['Ctrl+K', { key: 'k', ctrlKey: true, shiftKey: true }, false],
  ['Ctrl+Shift+Z', { key: 'Z', ctrlKey: true, shiftKey: true }, true],
  ['?', { key: '?', shiftKey: true }, true],
  ['+', { key: '+' }, true],
  ['Delete', { key: 'Delete' }, true],
])('%s answers %o: %s', (keys, event, isHeard) => {
  expect(pressesHeard(keys, event, document.body)).toBe(isHeard ? 1 : 0);
});

test('a plain key is left to the field a person types in', () => {
  const input = document.body.appendChild(document.createElement('input'));
  expect(pressesHeard('n', { key: 'n' }, input)).toBe(0);
  expect(pressesHeard('Ctrl+K', { key: 'k', ctrlKey: true }, input)).toBe(1);
});

test('stops with its scope', () => {
  let heard = 0;
  const scope = effectScope();
  scope.run(() => useShortcut('n', () => (heard += 1)));
  scope.stop();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
  expect(heard).toBe(0);
});

function pressesHeard(keys: string, event: KeyboardEventInit, target: HTMLElement): number {
  let heard = 0;
  const scope = effectScope();
  scope.run(() => useShortcut(keys, () => (heard += 1)));
  target.dispatchEvent(new KeyboardEvent('keydown', { ...event, bubbles: true, cancelable: true }));
  scope.stop();
  return heard;
}
