import { NodeError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { isRecord } from './fields.ts';
import type { RequestDraft } from './request-draft.ts';

/** How further pages are asked for. Texts with a leading `=` are evaluated against each response. */
export interface Pagination {
  readonly mode: 'update' | 'nextUrl';
  readonly nextUrl: string;
  readonly parameters: readonly {
    readonly type: string;
    readonly name: string;
    readonly value: unknown;
  }[];
  /** Statuses that end it well, failures among them. */
  readonly endStatuses: ReadonlySet<number>;
  /** Asked after each page; `extra` has the page as `$response`. */
  isOver(body: unknown, extra: JsonObject): boolean;
  readonly maxRequests: number;
  readonly intervalMs: number;
}

const ROOT = 'options.pagination.pagination';
/** A service that never says "the end" ends here. */
const MOST_REQUESTS = 10_000;

/** The node's pagination settings; `undefined` when it is off. */
export function readPagination(context: ExecuteContext, index: number): Pagination | undefined {
  const given = context.param<unknown>(ROOT, index, { fallback: undefined, raw: true });
  if (!isRecord(given) || given['paginationMode'] === 'off') return undefined;
  const limited = given['limitPagesFetched'] === true;
  return {
    mode: given['paginationMode'] === 'responseContainsNextURL' ? 'nextUrl' : 'update',
    nextUrl: String(given['nextURL'] ?? ''),
    parameters: parametersOf(given['parameters']),
    endStatuses: endStatusesOf(context, index, given),
    isOver: endOf(context, index, given),
    maxRequests: limited
      ? Number(resolve(context, index, given['maxRequests'] ?? 100, {}))
      : MOST_REQUESTS,
    intervalMs: Number(given['requestInterval'] ?? 0),
  };
}

/** The request for the next page; `undefined` when no next address is given. */
export function draftOfPage(
  first: RequestDraft,
  { mode, nextUrl, parameters }: Pagination,
  extra: JsonObject,
  [context, index]: readonly [ExecuteContext, number],
): RequestDraft | undefined {
  const draft: RequestDraft = {
    ...first,
    query: { ...first.query },
    headers: { ...first.headers },
  };
  if (mode === 'nextUrl') {
    if (extra['$pageCount'] === 0) return draft;
    const url = resolve(context, index, nextUrl, extra);
    if (typeof url !== 'string' || !url) return undefined;
    return { ...draft, url: new URL(url, first.url).href, query: {} };
  }
  for (const { type, name, value } of parameters) {
    const resolved = resolve(context, index, value, extra);
    if (type === 'qs') draft.query[name] = resolved;
    else if (type === 'headers') draft.headers[name.toLowerCase()] = String(resolved);
    else if (type === 'body') draft.body = withBodyField(draft.body, name, resolved);
  }
  return draft;
}

function withBodyField(
  body: RequestDraft['body'],
  name: string,
  value: unknown,
): RequestDraft['body'] {
  if (body.kind === 'form') return { ...body, fields: { ...body.fields, [name]: value } };
  const before = body.kind === 'json' && isRecord(body.value) ? body.value : {};
  return { kind: 'json', value: { ...before, [name]: value } };
}

function endStatusesOf(
  context: ExecuteContext,
  index: number,
  given: JsonObject,
): ReadonlySet<number> {
  if (given['paginationCompleteWhen'] !== 'receiveSpecificStatusCodes') return new Set();
  const codes = resolve(context, index, given['statusCodesWhenComplete'] ?? '', {});
  return new Set(String(codes).split(',').map(Number));
}

function endOf(context: ExecuteContext, index: number, given: JsonObject): Pagination['isOver'] {
  const when = given['paginationCompleteWhen'] ?? 'responseIsEmpty';
  if (when === 'receiveSpecificStatusCodes') return () => false;
  if (when !== 'other') return isEmpty;
  return (_, extra) => Boolean(resolve(context, index, given['completeExpression'] ?? '', extra));
}

function isEmpty(body: unknown): boolean {
  if (Array.isArray(body)) return body.length === 0;
  if (typeof body === 'object' && body !== null) return Object.keys(body).length === 0;
  return !body;
}

function parametersOf(given: unknown): Pagination['parameters'] {
  const list = isRecord(given) ? given['parameters'] : undefined;
  return (Array.isArray(list) ? list : [])
    .filter(isRecord)
    .map(({ type = 'qs', name = '', value }) => ({
      type: String(type),
      name: String(name),
      value,
    }));
}

function resolve(
  context: ExecuteContext,
  index: number,
  value: unknown,
  extra: JsonObject,
): unknown {
  if (typeof value !== 'string' || !value.startsWith('=')) return value;
  return context.evaluate(value, index, extra);
}

export const identicalPages = ({ node }: ExecuteContext, itemIndex: number): NodeError =>
  new NodeError(
    'The returned response was identical 5x, so requests got stopped',
    {
      node: node.name,
      itemIndex,
      description: 'Check if "Pagination Completed When" has been configured correctly.',
    },
    { fix: 'Check the parameter that pagination changes and the condition that ends it' },
  );
