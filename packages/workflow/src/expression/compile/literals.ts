import type { ArrayExpression, ObjectExpression, Property, TemplateLiteral } from 'acorn';
import { toPropertyKey, toText } from '../capabilities/coerce.ts';
import { ownEntries, putMember } from '../capabilities/object.ts';
import { listOf } from '../capabilities/iteration.ts';
import { refuseName } from '../capabilities/names.ts';
import type { Context } from '../context.ts';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import type { Frame } from '../values.ts';
import type { Code } from './code.ts';
import type { Names } from './names.ts';

export function compileTemplate({ quasis, expressions }: TemplateLiteral, names: Names): Code {
  const texts = quasis.map(({ value }) => value.cooked ?? '');
  const values = expressions.map((expression) => names.compile(expression));
  return (frame, context) => {
    let text = texts[0] ?? '';
    for (let index = 0; index < values.length; index++) {
      text += toText(context, values[index]?.(frame, context)) + (texts[index + 1] ?? '');
      if (text.length > context.limits.stringLength) context.reserveText(text.length);
    }
    context.allocate(text.length);
    return text;
  };
}

export function compileArray(node: ArrayExpression, names: Names): Code {
  const parts = node.elements.map((element) => {
    if (element === null) return { isSpread: false, code: () => undefined };
    if (element.type === 'SpreadElement')
      return { isSpread: true, code: names.compile(element.argument) };
    return { isSpread: false, code: names.compile(element) };
  });
  return (frame, context) => {
    const list: unknown[] = [];
    for (const { isSpread, code } of parts) {
      const value = code(frame, context);
      if (!isSpread) list.push(value);
      else for (const element of listOf(context, value)) list.push(element);
    }
    context.reserveList(list.length);
    return list;
  };
}

type Fill = (record: Record<string, unknown>, frame: Frame, context: Context) => void;

export function compileObject(node: ObjectExpression, names: Names): Code {
  const fills = node.properties.map((property): Fill => {
    if (property.type === 'Property') return compileProperty(property, names);
    const source = names.compile(property.argument);
    return (record, frame, context) => {
      for (const [key, value] of ownEntries(context, source(frame, context)))
        putMember(context, record, key, value);
    };
  });
  return (frame, context) => {
    const record: Record<string, unknown> = {};
    for (const fill of fills) fill(record, frame, context);
    return record;
  };
}

function compileProperty(property: Property, names: Names): Fill {
  if (property.kind !== 'init')
    throw new ExpressionSyntaxError('no getters and setters in expressions', property.start);
  const value = names.compile(property.value);
  if (property.computed) {
    const key = names.compile(property.key);
    return (record, frame, context) => {
      putMember(
        context,
        record,
        toPropertyKey(context, key(frame, context)),
        value(frame, context),
      );
    };
  }
  const name = propertyName(property);
  return (record, frame, context) => {
    refuseName(name);
    context.allocate(32);
    record[name] = value(frame, context);
  };
}

/** The name of a property that is not computed. */
export function propertyName({ key }: { readonly key: Property['key'] }): string {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  throw new ExpressionSyntaxError('a property name is needed', key.start);
}
