import { describe, expect, test } from 'vitest';
import { isMillraceError } from '../errors/index.ts';
import { defineNode } from './define-node.ts';
import { createRegistry } from './registry.ts';

const node = (name: string, version: number | number[], defaultVersion?: number) =>
  defineNode({
    name,
    label: name,
    version,
    ...(defaultVersion !== undefined && { defaultVersion }),
    properties: [],
    execute: (context) => [context.items()],
  });

const old = node('t.set', [1, 2]);
const current = node('t.set', [3, 3.1, 3.2]);
const registry = createRegistry([old, current, node('t.http', [1, 4, 5], 4)]);

describe('a registry', () => {
  test.each([
    [1, old],
    [2, old],
    [3.1, current],
  ])('finds the type that serves version %s', (version, expected) => {
    expect(registry.find('t.set', version)).toBe(expected);
  });

  test('gives the newest version when none is asked for, unless another is the default', () => {
    expect(registry.find('t.set')).toBe(current);
    expect(registry.find('t.http')?.description.defaultVersion).toBe(4);
  });

  test('finds nothing for an unknown type or version', () => {
    expect(registry.find('t.nope')).toBeUndefined();
    expect(registry.find('t.set', 9)).toBeUndefined();
  });

  test('lists the versions there are when one is missing', () => {
    expect(() => registry.require('t.set', 9)).toThrow(
      'Node type "t.set" is not available in version 9. Available versions: 1, 2, 3, 3.1, 3.2',
    );
    expect(() => registry.require('t.nope')).toThrow('Node type "t.nope" is not known');
  });

  test('names the code of the error', () => {
    try {
      registry.require('t.nope');
    } catch (error) {
      expect(isMillraceError(error) && error.code).toBe('NODE_TYPE_UNKNOWN');
      return;
    }
    expect.unreachable();
  });
});
