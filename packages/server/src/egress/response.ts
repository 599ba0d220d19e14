import type { HttpRequest, HttpResponse, ResponseHead } from '@millrace/workflow/ports';
import type { Dispatcher } from 'undici';

import { redirectOf } from './redirect.ts';
import { bodyPieces, readBody } from './response-body.ts';

interface Finish {
  readonly url: URL;
  readonly limit: number;
  readonly follows: boolean;
  toError(error: unknown): Error;
}

/** The response, with its body unless somebody takes that. */
export async function finish(
  asked: HttpRequest,
  answer: Dispatcher.ResponseData,
  { url, limit, follows, toError }: Finish,
): Promise<HttpResponse> {
  const head: ResponseHead = {
    status: answer.statusCode,
    statusText: answer.statusText,
    headers: definedHeaders(answer.headers),
    url: url.href,
  };
  const host = url.hostname;
  const isFollowed = follows && redirectOf(asked, head) !== undefined;
  const take = isFollowed ? undefined : asked.take?.(head);
  if (take) {
    await take(orServiceError(bodyPieces(answer, { limit, host }), toError));
    return { ...head, body: new Uint8Array() };
  }
  try {
    return { ...head, body: await readBody(answer, { limit, host, method: asked.method }) };
  } catch (error) {
    throw toError(error);
  }
}

/** What goes wrong on the way is told as the service's; what goes wrong with who takes it is not. */
async function* orServiceError(
  pieces: AsyncIterable<Uint8Array>,
  toError: (error: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw toError(error);
  }
}

function definedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | readonly string[]> {
  const found: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) found[name] = value;
  return found;
}
