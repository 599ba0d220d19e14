import type { AssignmentProperty, Pattern } from 'acorn';
import { getComputed, setMember } from '../capabilities/members.ts';
import { toPropertyKey } from '../capabilities/coerce.ts';
import { listOf } from '../capabilities/iteration.ts';
import { ownEntries, putMember } from '../capabilities/object.ts';
import { typeError } from '../values.ts';
import type { Code, Store } from './code.ts';
import { propertyName } from './literals.ts';
import { compileKey } from './member-access.ts';
import type { Names } from './names.ts';
import { initVariable, writeVariable } from './variables.ts';

interface Declaring {
  readonly isConstant?: boolean;
  readonly mayRepeat?: boolean;
}

/** Declares every name a pattern binds. */
export function declarePattern(pattern: Pattern, names: Names, options: Declaring = {}): void {
  for (const name of boundNames(pattern)) names.declare(name, options);
}

export function boundNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'Property' ? property.value : property.argument),
      );
    default:
      return [];
  }
}

/**
 * Compiles storing into a pattern. With `isAssignment` the names exist already and constants refuse;
 * without, this is where they get their first value.
 */
export function compilePattern(pattern: Pattern, names: Names, isAssignment = false): Store {
  switch (pattern.type) {
    case 'Identifier': {
      const place = isAssignment ? undefined : names.resolve(pattern.name);
      return place ? initVariable(place) : writeVariable(names, pattern.name);
    }
    case 'MemberExpression': {
      const target = names.compile(pattern.object);
      const key = compileKey(pattern, names);
      return (frame, context, value) =>
        setMember(context, target(frame, context), key(frame, context), value);
    }
    case 'AssignmentPattern': {
      const store = compilePattern(pattern.left, names, isAssignment);
      const fallback = names.compile(pattern.right);
      return (frame, context, value) =>
        store(frame, context, value === undefined ? fallback(frame, context) : value);
    }
    case 'ArrayPattern':
      return compileArrayPattern(pattern.elements, names, isAssignment);
    case 'ObjectPattern':
      return compileObjectPattern(pattern.properties, names, isAssignment);
    case 'RestElement':
      return compilePattern(pattern.argument, names, isAssignment);
  }
}

function compileArrayPattern(
  elements: readonly (Pattern | null)[],
  names: Names,
  isAssignment: boolean,
): Store {
  const stores = elements.map((element) => element && compilePattern(element, names, isAssignment));
  const restIndex = elements.findIndex((element) => element?.type === 'RestElement');
  return (frame, context, value) => {
    const list = listOf(context, value);
    for (const [index, store] of stores.entries()) {
      store?.(frame, context, index === restIndex ? list.slice(index) : list[index]);
    }
  };
}

type Properties = Extract<Pattern, { type: 'ObjectPattern' }>['properties'];

function compileObjectPattern(properties: Properties, names: Names, isAssignment: boolean): Store {
  const named = properties.flatMap((property) =>
    property.type === 'Property'
      ? [
          {
            key: compilePropertyKey(property, names),
            store: compilePattern(property.value, names, isAssignment),
          },
        ]
      : [],
  );
  const rest = properties.find((property) => property.type === 'RestElement');
  const storeRest =
    rest?.type === 'RestElement' ? compilePattern(rest.argument, names, isAssignment) : undefined;
  return (frame, context, value) => {
    if (value === undefined || value === null) throw typeError(`Cannot destructure '${value}'`);
    const taken = new Set<string>();
    for (const { key, store } of named) {
      const name = toPropertyKey(context, key(frame, context));
      taken.add(name);
      store(frame, context, getComputed(context, value, name));
    }
    if (!storeRest) return;
    const others: Record<string, unknown> = {};
    for (const [key, member] of ownEntries(context, value)) {
      if (!taken.has(key)) putMember(context, others, key, member);
    }
    storeRest(frame, context, others);
  };
}

function compilePropertyKey(property: AssignmentProperty, names: Names): Code {
  if (property.computed) return names.compile(property.key);
  const name = propertyName(property);
  return () => name;
}
