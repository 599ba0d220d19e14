import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { Dialect, Statement } from './dialect.ts';

const PLACEHOLDER = String.raw`\$(?<position>\d+)(?<form>:[a-z]+\b|~)?`;

/**
 * A query as the user wrote it, with its `$1`, `$2` … bound. `$1:name` (or `$1~`) is a quoted name,
 * `$1:csv` or `$1:list` a list for `IN (…)`, `$1:json` a value as JSON. In texts and comments `$1` stays.
 *
 * @throws {NodeError} when a value is missing, or a form is asked for that would put text in unquoted.
 */
export function bindQuery(
  query: string,
  parameters: readonly unknown[],
  dialect: Dialect,
  about: { readonly node: string; readonly itemIndex: number },
): Statement {
  if (parameters.length === 0) return { text: query, values: [] };
  const values: unknown[] = [];
  const bind = (value: unknown) => {
    values.push(dialect.bindable(value, undefined));
    return dialect.placeholder(values.length);
  };

  function replace(position: number, form: string): string {
    if (position < 1 || position > parameters.length) throw outOfRange(position);
    const value = parameters[position - 1];
    switch (form) {
      case '':
        return bind(value);
      case '~':
      case ':name':
        return [value].flat().map(String).map(dialect.quote).join(', ');
      case ':csv':
      case ':list': {
        const listed = [value].flat();
        return listed.length > 0 ? listed.map(bind).join(', ') : 'NULL';
      }
      case ':json':
        return bind(JSON.stringify(value ?? null));
      default:
        throw unknownForm(position, form);
    }
  }

  const outOfRange = (position: number) =>
    new NodeError(
      `The query names $${position}, but it was given ${parameters.length} parameter(s)`,
      about,
      { fix: 'Give a value for each number in "Query parameters"' },
    );
  const unknownForm = (position: number, form: string) =>
    new NodeError(`"$${position}${form}" is not available: it would put text in unchecked`, about, {
      fix: `Use $${position} for values and $${position}:name for names`,
    });

  const scanner = new RegExp(`${dialect.opaque.source}|${PLACEHOLDER}`, 'g');
  let text = '';
  let end = 0;
  for (const match of query.matchAll(scanner)) {
    const { position, form = '' } = match.groups ?? {};
    text += query.slice(end, match.index);
    text += position === undefined ? match[0] : replace(Number(position), form);
    end = match.index + match[0].length;
  }
  return { text: text + query.slice(end), values };
}

/**
 * The values for `$1`, `$2` … Commas part them where they are written, not in what an expression gives.
 *
 * @param path - Of the parameter that holds them.
 */
export function queryParameters(
  context: ExecuteContext,
  path: string,
  index: number,
): readonly unknown[] {
  const raw = context.param<unknown>(path, index, { fallback: '', raw: true });
  if (Array.isArray(raw)) return context.param<readonly unknown[]>(path, index);
  if (typeof raw !== 'string' || raw.trim() === '') return [];
  if (!raw.startsWith('=')) return partsOf(raw);
  const values = partsOf(raw.slice(1)).map((part) =>
    part.includes('{{') ? context.evaluate(`=${part}`, index) : part,
  );
  const [only] = values;
  return values.length === 1 && Array.isArray(only) ? only : values;
}

/** Split at commas that are outside `{{ }}`. */
const partsOf = (text: string): string[] =>
  (text.match(/(?:\{\{[\s\S]*?\}\}|[^,])+/g) ?? []).map((part) => part.trim());
