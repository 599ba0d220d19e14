import type { Context } from '../context.ts';
import { call, GuestFunction, NativeFunction, native } from '../values.ts';
import { toText } from './coerce.ts';
import { listOf } from './iteration.ts';
import { defineType } from './type.ts';

export const FUNCTION = defineType<GuestFunction | NativeFunction>({
  name: 'Function',
  is: (value) => value instanceof GuestFunction || value instanceof NativeFunction,
  methods: {
    call: (context, self, [receiver, ...args]) => call(context, self, receiver, args),
    apply: (context, self, [receiver, list]) =>
      call(
        context,
        self,
        receiver,
        list === undefined || list === null ? [] : listOf(context, list),
      ),
    bind: (_, self, [receiver, ...bound]) =>
      native(`bound ${self.name}`, (context, __, args) => {
        context.enter();
        const result = call(context, self, receiver, [...bound, ...args]);
        context.leave();
        return result;
      }),
    toString: (context: Context, self: GuestFunction | NativeFunction) => toText(context, self),
  },
  properties: {
    name: (self) => self.name,
    length: (self) => (self instanceof GuestFunction ? self.length : 0),
  },
});
