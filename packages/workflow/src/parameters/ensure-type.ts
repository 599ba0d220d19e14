import { ParamError } from '../errors/index.ts';
import type { ParamOptions } from '../node-api/index.ts';

/** Makes a parameter's value the type a node asks for. @throws {ParamError} when it cannot be. */
export function ensureType(
  value: unknown,
  type: NonNullable<ParamOptions['ensureType']>,
  path: string,
): unknown {
  const refuse = (): never => {
    throw new ParamError({ path, expected: type, received: value, reason: 'mismatch' });
  };
  if (value === null || value === undefined) return refuse();
  switch (type) {
    case 'string':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number': {
      const number = Number(value);
      return Number.isNaN(number) ? refuse() : number;
    }
    case 'boolean':
      return Boolean(value);
    case 'object':
    case 'json': {
      const object = typeof value === 'string' ? parse(value) : value;
      return typeof object === 'object' && object !== null ? object : refuse();
    }
    case 'array': {
      const list = typeof value === 'string' ? parse(value) : value;
      return Array.isArray(list) ? list : refuse();
    }
    default:
      return type satisfies never;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
