import type { BinaryOperator } from 'acorn';
import type { Code } from './code.ts';
import type { Binary } from './operators.ts';

interface NumberOperation {
  readonly values: (left: Code, right: Code, slow: Binary) => Code;
  /** For a number written on the right, as in `$json.n > 10`. */
  readonly constant: (left: Code, right: number, slow: Binary) => Code;
}

/**
 * Operators with numbers handled on the spot. Written out one by one: with one closure for all, the host
 * could not specialise any, and they are what most expressions spend their time in.
 */
export const NUMBER_OPERATIONS: Readonly<Partial<Record<BinaryOperator, NumberOperation>>> = {
  '+': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one + other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one + other : slow(context, one, other);
    },
  },
  '-': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one - other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one - other : slow(context, one, other);
    },
  },
  '*': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one * other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one * other : slow(context, one, other);
    },
  },
  '/': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one / other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one / other : slow(context, one, other);
    },
  },
  '%': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one % other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one % other : slow(context, one, other);
    },
  },
  '<': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one < other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one < other : slow(context, one, other);
    },
  },
  '<=': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one <= other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one <= other : slow(context, one, other);
    },
  },
  '>': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one > other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one > other : slow(context, one, other);
    },
  },
  '>=': {
    values: (left, right, slow) => (frame, context) => {
      const one = left(frame, context);
      const other = right(frame, context);
      return typeof one === 'number' && typeof other === 'number'
        ? one >= other
        : slow(context, one, other);
    },
    constant: (left, other, slow) => (frame, context) => {
      const one = left(frame, context);
      return typeof one === 'number' ? one >= other : slow(context, one, other);
    },
  },
};
