import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

/**
 * Checks requests against TypeBox schemas. Only text (query, path, headers) is converted; a body has
 * to be right as it came. Each check is compiled at its first use, so that the start stays short.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = new Map<'check', ReturnType<typeof Compile>>();
  return (value: unknown) => {
    const check = compiled.get('check') ?? Compile(schema);
    compiled.set('check', check);
    // No body says as much as an empty one: fields that are missing are named either way.
    const converted = httpPart === 'body' ? (value ?? {}) : Value.Convert(schema, value);
    if (check.Check(converted)) return { value: converted };
    return { error: check.Errors(converted) };
  };
};
