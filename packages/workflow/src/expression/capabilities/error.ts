import type { Context } from '../context.ts';
import { GuestError, isRecord, NativeFunction } from '../values.ts';
import { toText } from './coerce.ts';
import { defineType } from './type.ts';

export const ERROR = defineType<GuestError>({
  name: 'Error',
  is: (value) => value instanceof GuestError,
  methods: { toString: (context: Context, self: GuestError) => toText(context, self) },
  properties: {
    name: (self) => self.name,
    message: (self) => self.message,
    cause: (self) => self.cause,
    stack: (self) => `${self.name}: ${self.message}`,
  },
});

const NAMES = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
];

/** The error classes an expression may make. */
export const ERROR_CLASSES: readonly NativeFunction[] = NAMES.map((name) => {
  const make = (context: Parameters<typeof toText>[0], [message, options]: readonly unknown[]) =>
    new GuestError(
      name,
      message === undefined ? '' : toText(context, message),
      isRecord(options) ? options['cause'] : undefined,
    );
  return new NativeFunction(name, {
    isClass: true,
    call: (context, _, args) => make(context, args),
    construct: make,
    isInstance: (value) => value instanceof GuestError && (name === 'Error' || value.name === name),
  });
});
