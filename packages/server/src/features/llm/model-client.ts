import type { HttpRequest, HttpResponse, LlmRequest, LlmUsage } from '@millrace/workflow/ports';
import type { OpenAI } from 'openai';
import { answerFormat } from './structured-answer.ts';

/** What a model said, before anybody judged it. */
export interface ModelAnswer {
  readonly text: string;
  readonly refusal: string | null;
  readonly finishReason: string | null;
  readonly usage: LlmUsage;
}

export interface ModelClient {
  ask(model: string, request: LlmRequest): Promise<ModelAnswer>;
  embed(
    model: string,
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly vectors: readonly (readonly number[])[]; readonly usage: LlmUsage }>;
}

/**
 * Speaks OpenAI's interface with whatever service stands at `baseUrl`.
 *
 * @param send - Joins the key and keeps to the rules of egress; the client itself holds no secret.
 */
export async function createModelClient(
  baseUrl: string,
  send: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<ModelClient> {
  const openai = await import('openai'); // large: loaded with the first question
  const client = new openai.OpenAI({
    apiKey: 'joined-in-egress',
    baseURL: baseUrl,
    maxRetries: 0,
    fetch: fetchThrough(send),
  });
  const isOpenAi = URL.parse(baseUrl)?.hostname === 'api.openai.com';
  const optionsOf = ({ signal, timeoutMs }: LlmRequest) => ({
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });

  async function chat(model: string, request: LlmRequest): Promise<ModelAnswer> {
    const { messages, schema, temperature, topP, maxTokens } = request;
    const { choices, usage } = await client.chat.completions.create(
      {
        model,
        messages: messages.map(chatMessage),
        ...(schema && {
          response_format: { type: 'json_schema', json_schema: answerFormat(schema) },
        }),
        ...(temperature !== undefined && { temperature }),
        ...(topP !== undefined && { top_p: topP }),
        // The newer name is known to OpenAI only; compatible services know the older one.
        ...(maxTokens !== undefined &&
          (isOpenAi ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens })),
      },
      optionsOf(request),
    );
    const [choice] = choices;
    return {
      text: choice?.message.content ?? '',
      refusal: choice?.message.refusal ?? null,
      finishReason: choice?.finish_reason ?? null,
      usage: {
        inputTokens: usage?.prompt_tokens ?? 0,
        outputTokens: usage?.completion_tokens ?? 0,
        cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      },
    };
  }

  async function respond(model: string, request: LlmRequest): Promise<ModelAnswer> {
    const { messages, schema, temperature, topP, maxTokens } = request;
    const response = await client.responses.create(
      {
        model,
        input: messages.map(responsesMessage),
        store: false,
        ...(schema && { text: { format: { type: 'json_schema', ...answerFormat(schema) } } }),
        ...(temperature !== undefined && { temperature }),
        ...(topP !== undefined && { top_p: topP }),
        ...(maxTokens !== undefined && { max_output_tokens: maxTokens }),
      },
      optionsOf(request),
    );
    const parts = response.output.flatMap((part) => (part.type === 'message' ? part.content : []));
    const texts = parts.map((part) => (part.type === 'output_text' ? part.text : ''));
    const refusals = parts.flatMap((part) => (part.type === 'refusal' ? [part.refusal] : []));
    const { usage } = response;
    return {
      text: texts.join(''),
      refusal: refusals[0] ?? null,
      finishReason: response.incomplete_details?.reason ?? response.status ?? null,
      usage: {
        inputTokens: usage?.input_tokens ?? 0,
        outputTokens: usage?.output_tokens ?? 0,
        cachedTokens: usage?.input_tokens_details?.cached_tokens ?? 0,
      },
    };
  }

  return {
    ask: (model, request) =>
      request.api === 'responses' ? respond(model, request) : chat(model, request),

    async embed(model, texts, signal) {
      const { data, usage } = await client.embeddings.create(
        { model, input: [...texts], encoding_format: 'float' },
        { ...(signal && { signal }) },
      );
      const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      const { prompt_tokens: inputTokens = 0 } = usage ?? {};
      return { vectors, usage: { inputTokens, outputTokens: 0, cachedTokens: 0 } };
    },
  };
}

function chatMessage({
  role,
  text,
  images = [],
}: LlmRequest['messages'][number]): OpenAI.ChatCompletionMessageParam {
  if (role !== 'user' || images.length === 0) return { role, content: text };
  return {
    role,
    content: [
      { type: 'text', text },
      ...images.map(({ url }) => ({ type: 'image_url' as const, image_url: { url } })),
    ],
  };
}

function responsesMessage({
  role,
  text,
  images = [],
}: LlmRequest['messages'][number]): OpenAI.Responses.ResponseInputItem {
  if (role !== 'user' || images.length === 0) return { role, content: text };
  return {
    role,
    content: [
      { type: 'input_text', text },
      ...images.map(({ url }) => ({
        type: 'input_image' as const,
        image_url: url,
        detail: 'auto' as const,
      })),
    ],
  };
}

/** `fetch` as the client knows it, by way of our own HTTP client. Says nothing of this machine. */
const fetchThrough =
  (send: (request: HttpRequest) => Promise<HttpResponse>): typeof fetch =>
  async (target, init = {}) => {
    const headers = Object.fromEntries(
      [...new Headers(init.headers)].filter(
        ([name]) => name !== 'authorization' && !name.startsWith('x-stainless'),
      ),
    );
    const answer = await send({
      method: init.method ?? 'GET',
      url: target instanceof Request ? target.url : String(target),
      headers,
      ...(typeof init.body === 'string' && { body: init.body }),
      ...(init.signal && { signal: init.signal }),
    }).catch((error: unknown) => {
      init.signal?.throwIfAborted(); // the client tells its time-outs by this
      throw error;
    });
    const found = Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : value.join(', '),
    ]);
    const plain = found.filter(([name]) => !/^content-(encoding|length)$/.test(name));
    const hasBody = answer.status !== 204 && answer.status !== 304;
    return new Response(hasBody ? Buffer.from(answer.body) : null, {
      status: answer.status,
      statusText: answer.statusText,
      headers: plain,
    });
  };
