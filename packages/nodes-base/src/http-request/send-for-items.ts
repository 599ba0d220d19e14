import type { BinaryData, Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { HttpRequest, HttpResponse } from '@millrace/workflow/ports';
import { draftOfPage, identicalPages, type Pagination } from './pagination.ts';
import { toRequest, type RequestDraft } from './request-draft.ts';
import { errorItem, networkError, statusError } from './response-error.ts';
import { aboutFile, isFile, itemsOf, readResponse, type ReadResponse } from './response-items.ts';
import { textOf } from './response-text.ts';
import type { RequestSettings } from './settings.ts';

type ReadSettings = (context: ExecuteContext, index: number) => Promise<RequestSettings>;
type At = readonly [context: ExecuteContext, itemIndex: number];

/** Requests in flight at once when no batching is asked for. */
const WINDOW = 10;

/** Sends one request (or one paginated series) per item and gives the items in their order. */
export async function sendForItems(
  context: ExecuteContext,
  readSettings: ReadSettings,
): Promise<readonly Item[]> {
  const count = context.items().length;
  const { size, intervalMs } = batching(context);
  const results: (readonly Item[])[] = [];
  for (let start = 0; start < count; start += size) {
    if (start > 0 && intervalMs > 0) await context.sleep(intervalMs);
    const indexes = Array.from(
      { length: Math.min(size, count - start) },
      (_, offset) => start + offset,
    );
    const outcomes = await Promise.allSettled(
      indexes.map((index) => sendForItem(context, readSettings, index)),
    );
    for (const [offset, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') results.push(outcome.value);
      else if (!context.continueOnFail || context.signal.aborted) throw outcome.reason;
      else results.push([errorItem(outcome.reason, start + offset)]);
    }
  }
  return results.flat();
}

function batching(context: ExecuteContext): { size: number; intervalMs: number } {
  const root = 'options.batching.batch';
  const option = (name: string) =>
    context.param<unknown>(`${root}.${name}`, 0, { fallback: undefined });
  const [size, interval] = [option('batchSize'), option('batchInterval')];
  if (size === undefined && interval === undefined) return { size: WINDOW, intervalMs: 0 };
  const asked = Number(size ?? 50);
  return { size: asked > 0 ? asked : WINDOW, intervalMs: Number(interval ?? 1_000) };
}

async function sendForItem(
  context: ExecuteContext,
  readSettings: ReadSettings,
  index: number,
): Promise<readonly Item[]> {
  const settings = await readSettings(context, index);
  const at: At = [context, index];
  const responses = settings.pagination
    ? await sendPages(settings, settings.pagination, at)
    : [await sendOnce(settings.draft, settings, at)];
  const items: Item[] = [];
  for (const response of responses) items.push(...(await itemsOf(response, settings, at)));
  return items;
}

async function sendPages(
  settings: RequestSettings,
  pagination: Pagination,
  at: At,
): Promise<readonly ReadResponse[]> {
  const [context, index] = at;
  const pages: ReadResponse[] = [];
  let extra: JsonObject = { $pageCount: 0, $request: requestFacts(settings.draft) };
  let before: string | undefined;
  let identical = 1;
  while (pages.length < pagination.maxRequests) {
    const draft = draftOfPage(settings.draft, pagination, extra, at);
    if (!draft) break;
    if (pages.length > 0 && pagination.intervalMs > 0) await context.sleep(pagination.intervalMs);
    const page = await sendOnce(draft, settings, at);
    pages.push(page);
    const { response, body } = page;
    extra = {
      $pageCount: pages.length,
      $request: requestFacts(draft),
      $response: { body, headers: response.headers, statusCode: response.status },
    };
    if (pagination.endStatuses.has(response.status) || pagination.isOver(body, extra)) break;
    const text = textOf(response);
    identical = text === before ? identical + 1 : 1;
    if (identical >= 5) throw identicalPages(context, index);
    before = text;
  }
  return pages;
}

const requestFacts = ({ method, url, headers, query, body }: RequestDraft): JsonObject => ({
  method,
  url,
  headers,
  qs: query,
  body: body.kind === 'json' ? body.value : body.kind === 'form' ? body.fields : undefined,
});

async function sendOnce(
  draft: RequestDraft,
  settings: RequestSettings,
  at: At,
): Promise<ReadResponse> {
  const kept: { file?: BinaryData } = {};
  const response = await exchange(draft, at, toStore(settings, at, kept));
  const { status } = response;
  const isFailure = isFailed(status);
  const isExpected = settings.neverError || settings.pagination?.endStatuses.has(status);
  if (isFailure && !isExpected) throw statusError(response, at[1]);
  return { ...readResponse(response, settings, at), stored: kept.file };
}

const isFailed = (status: number) => status < 200 || status >= 300;

/** Files go into the store as they arrive. Pages are compared, so those are read whole. */
function toStore(
  settings: RequestSettings,
  [context]: At,
  kept: { file?: BinaryData },
): NonNullable<HttpRequest['take']> {
  return (head) => {
    const isWanted = !isFailed(head.status) && !settings.pagination && isFile(head, settings);
    if (!isWanted) return undefined;
    return async (bytes) => {
      kept.file = await context.binary.put(bytes, aboutFile(head));
    };
  };
}

async function exchange(
  draft: RequestDraft,
  [context, index]: At,
  take: NonNullable<HttpRequest['take']>,
): Promise<HttpResponse> {
  try {
    return await context.http.request({ ...toRequest(draft), signal: context.signal, take });
  } catch (error) {
    throw networkError(error, index);
  }
}
