import { createServer } from 'node:http';

/** What the service answers next: a text, or an error by status. */
export type Reply =
  | { readonly text: string; readonly cachedTokens?: number; readonly refusal?: string }
  | { readonly status: number; readonly code?: string; readonly headers?: Record<string, string> };

interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly headers: readonly string[];
  readonly body: Record<string, unknown>;
}

/** A model service in OpenAI's shapes (chat, responses, embeddings). 100 tokens in, 10 out, each call. */
export async function openFakeModelService() {
  const replies: Reply[] = [];
  const received: Received[] = [];

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: Record<string, unknown> = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const path = request.url ?? '';
    const { authorization } = request.headers;
    received.push({ path, authorization, headers: Object.keys(request.headers), body });
    const reply = replies.shift() ?? { text: 'hello' };
    const isError = 'status' in reply;
    response.writeHead(isError ? reply.status : 200, {
      'content-type': 'application/json',
      ...(isError && reply.headers),
    });
    response.end(JSON.stringify(isError ? errorBody(reply) : answerBody(path, body, reply)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    base: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    received,
    /** Forgets what came before; the given replies come next, in order. */
    script(...next: readonly Reply[]) {
      replies.splice(0, replies.length, ...next);
      received.splice(0);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const errorBody = ({ status, code }: { readonly status: number; readonly code?: string }) => ({
  error: { message: `status ${status}`, type: 'error', param: null, code: code ?? null },
});

function answerBody(
  path: string,
  { model, input }: Record<string, unknown>,
  { text, refusal, cachedTokens = 0 }: Extract<Reply, { text: string }>,
): object {
  if (path.endsWith('/embeddings')) {
    const texts = Array.isArray(input) ? input : [input];
    const data = texts.map((_, index) => ({ index, embedding: [index, 0.5] })).toReversed();
    return { data, model, usage: { prompt_tokens: 100, total_tokens: 100 } };
  }
  if (path.endsWith('/responses')) {
    const content = [{ type: 'output_text', text, annotations: [] }];
    return {
      id: 'r',
      object: 'response',
      status: 'completed',
      model,
      output: [{ type: 'message', id: 'm', role: 'assistant', status: 'completed', content }],
      usage: {
        input_tokens: 100,
        output_tokens: 10,
        input_tokens_details: { cached_tokens: cachedTokens },
      },
    };
  }
  const message = { role: 'assistant', content: text, refusal: refusal ?? null };
  return {
    id: 'c',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: 100,
      completion_tokens: 10,
      prompt_tokens_details: { cached_tokens: cachedTokens },
    },
  };
}
