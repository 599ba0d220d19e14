import { GLOBALS } from '../capabilities/globals.ts';
import { lend } from '../scope-data.ts';
import { VARIABLES } from '../variables/variables.ts';
import { typeError, type Frame } from '../values.ts';
import type { Code, Store } from './code.ts';
import type { Names, Place } from './names.ts';

/** Reads a name: local, `$`-variable, global, or `undefined` when nothing has it. */
export function readVariable(names: Names, name: string): Code {
  const place = names.resolve(name);
  if (place) return readPlace(place);
  const variable = VARIABLES.get(name);
  const constant = GLOBALS.get(name);
  return (_, context) => {
    if (context.extra && Object.hasOwn(context.extra, name))
      return lend<unknown>(context, context.extra[name]);
    return variable ? variable(context) : constant;
  };
}

function readPlace({ depth, slot }: Place): Code {
  if (depth === 0) return (frame) => frame.slots[slot];
  if (depth === 1) return (frame) => frame.parent?.slots[slot];
  return (frame) => outer(frame, depth).slots[slot];
}

/** Writes a local; expressions have no other variables to write. */
export function writeVariable(names: Names, name: string): Store {
  const place = names.resolve(name);
  if (!place || place.isConstant) {
    return () => {
      throw typeError(`Assignment to "${name}"`);
    };
  }
  return initVariable(place);
}

/** Gives a declared variable its first value, constants too. */
export function initVariable({ depth, slot }: Place): Store {
  if (depth === 0) {
    return (frame, _, value) => {
      frame.slots[slot] = value;
    };
  }
  return (frame, _, value) => {
    outer(frame, depth).slots[slot] = value;
  };
}

function outer(frame: Frame, depth: number): Frame {
  let at = frame;
  for (let level = depth; level > 0 && at.parent; level--) at = at.parent;
  return at;
}
