import type { Context } from '../context.ts';
import { requireChangeable } from '../scope-data.ts';
import { call, Facade, isObject, isRecord, NativeFunction, typeError } from '../values.ts';
import { toPropertyKey } from './coerce.ts';
import { refuseName } from './names.ts';
import { RECORD, typeOf } from './types.ts';

/**
 * Reads `target[key]` for an expression. The one way to any member: own data of plain records, listed
 * members of listed types. `key` must have passed {@link refuseName}.
 */
export function getMember(context: Context, target: unknown, key: string): unknown {
  if (key === 'length' && (typeof target === 'string' || Array.isArray(target)))
    return target.length;
  if (isRecord(target)) {
    const value = target[key];
    if (value !== undefined && typeof value !== 'function') return value;
    return RECORD.methodValue(key);
  }
  if (target === undefined || target === null) {
    throw typeError(`Cannot read properties of ${target} (reading '${key}')`);
  }
  if (target instanceof Facade) return target.get(key, context);
  if (target instanceof NativeFunction) return staticMember(target, key);
  return typedMember(context, target, key);
}

/** {@link getMember} for a key only known at run time. */
export function getComputed(context: Context, target: unknown, key: unknown): unknown {
  if (typeof key === 'number') {
    if (Array.isArray(target)) {
      const element: unknown = target[key];
      return element;
    }
    if (typeof target === 'string') return target[key];
    if (ArrayBuffer.isView(target)) return readOwn(target, String(key));
  }
  const name = toPropertyKey(context, key);
  refuseName(name);
  return getMember(context, target, name);
}

function staticMember(target: NativeFunction, key: string): unknown {
  const member = target.parts.members?.get(key);
  if (member !== undefined) return member;
  return key === 'name' ? target.name : typeOf(target)?.methodValue(key);
}

function typedMember(context: Context, target: unknown, key: string): unknown {
  const type = typeOf(target);
  const property = type?.property(key);
  if (property) return property(target, context);
  const method = type?.methodValue(key);
  if (method) return method;
  if (typeof target === 'string') return isIndex(key) ? target[Number(key)] : undefined;
  const isOpen = Array.isArray(target) || ArrayBuffer.isView(target) || !type;
  return isObject(target) && isOpen ? readOwn(target, key) : undefined;
}

const isIndex = (key: string) => /^(?:0|[1-9]\d{0,9})$/.test(key);

/** Own data only: no getter runs, and no function of the host comes out. */
function readOwn(target: object, key: string): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(target, key)?.value;
  return typeof value === 'function' ? undefined : value;
}

/** Calls `target[key](…args)` without making the method a value first. */
export function callMember(
  context: Context,
  target: unknown,
  key: string,
  args: unknown[],
): unknown {
  if (isRecord(target)) {
    const own = Object.hasOwn(target, key) ? target[key] : undefined;
    if (own !== undefined) return call(context, own, target, args);
  } else if (!(target instanceof Facade) && !(target instanceof NativeFunction)) {
    const method = typeOf(target)?.method(key);
    if (method) {
      context.spend(1);
      return method(context, target, args);
    }
  }
  const member = getMember(context, target, key);
  if (member === undefined) throw typeError(`${key} is not a function`);
  return call(context, member, target, args);
}

/** Sets `target[key] = value`, on what belongs to the expression only. */
export function setMember(context: Context, target: unknown, key: unknown, value: unknown): void {
  if (target === undefined || target === null)
    throw typeError(`Cannot set properties of ${target}`);
  const name = toPropertyKey(context, key);
  refuseName(name);
  requireChangeable(context);
  if (isRecord(target)) {
    context.allocate(32);
    target[name] = value;
  } else if (Array.isArray(target)) setElement(context, target, name, value);
  else if (ArrayBuffer.isView(target) && isIndex(name)) Reflect.set(target, name, value);
  else throw typeError(`Cannot set "${name}" here`);
}

function setElement(context: Context, target: unknown[], name: string, value: unknown): void {
  const index = name === 'length' ? Number(value) - 1 : Number(name);
  if (name !== 'length' && !isIndex(name)) throw typeError(`Cannot set "${name}" on a list`);
  context.reserveList(Math.max(0, index + 1 - target.length));
  if (index >= context.limits.arrayLength) context.reserveList(index + 1);
  if (name === 'length') target.length = index + 1;
  else target[index] = value;
}

/** `delete target[key]`. */
export function deleteMember(context: Context, target: unknown, key: unknown): boolean {
  const name = toPropertyKey(context, key);
  refuseName(name);
  requireChangeable(context);
  if (!isRecord(target) && !Array.isArray(target)) throw typeError(`Cannot delete "${name}" here`);
  return Reflect.deleteProperty(target, name);
}

/** `key in target`. */
export function hasMember(context: Context, target: unknown, key: unknown): boolean {
  if (!isObject(target)) throw typeError(`Cannot use 'in' operator on ${typeof target}`);
  const name = toPropertyKey(context, key);
  if (isRecord(target) || Array.isArray(target))
    return Object.hasOwn(target, name) || typeOf(target)?.method(name) !== undefined;
  refuseName(name);
  return getMember(context, target, name) !== undefined;
}
