import { GuestIterator } from '../values.ts';
import { ARRAY } from './array.ts';
import { listOf } from './iteration.ts';
import { defineType, type Method } from './type.ts';

/** Iterator methods are the list's, on what is left. */
const fromArray =
  (name: string): Method<GuestIterator> =>
  (context, self, args) =>
    ARRAY.method(name)?.(context, listOf(context, self), args);

const LISTED = ['map', 'filter', 'forEach', 'reduce', 'some', 'every', 'find', 'flatMap'];

export const ITERATOR = defineType<GuestIterator>({
  name: 'Iterator',
  is: (value) => value instanceof GuestIterator,
  methods: {
    next: (_, self) =>
      self.position < self.items.length
        ? { value: self.items[self.position++], done: false }
        : { value: undefined, done: true },
    toArray: (context, self) => listOf(context, self),
    ...Object.fromEntries(LISTED.map((name) => [name, fromArray(name)])),
  },
});
