import type { JsonObject } from '../items/index.ts';

/** A picture shown to a model: an `https:` address or a `data:` URL. */
export interface LlmImage {
  readonly url: string;
}

export interface LlmMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
  readonly images?: readonly LlmImage[];
}

/** One question to a language model. */
export interface LlmRequest {
  readonly messages: readonly LlmMessage[];
  /** In order of preference; the next is asked when one is busy, down or too slow. Absent: the credential's own. */
  readonly models?: readonly string[];
  /** Which of the service's two interfaces to speak. `chat` when left out; every compatible service has it. */
  readonly api?: 'chat' | 'responses';
  /** JSON schema the answer must hold to; a wrong answer is sent back once with what is wrong. */
  readonly schema?: JsonObject;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly timeoutMs?: number;
  /** An equal request answered within this time is answered from the store, at no cost. */
  readonly cacheMs?: number;
  readonly signal?: AbortSignal;
}

export interface LlmUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of `inputTokens` the service had kept from earlier, billed lower. */
  readonly cachedTokens: number;
}

export interface LlmAnswer {
  readonly text: string;
  /** The parsed answer; only with a `schema`. */
  readonly json?: unknown;
  /** The model that answered. */
  readonly model: string;
  readonly finishReason: string | null;
  readonly usage: LlmUsage;
  /** In US dollars; `null` when the price of the model is not known. */
  readonly cost: number | null;
  readonly isFromCache: boolean;
  /** Said when a budget is nearly used up. */
  readonly warning?: string;
}

export interface LlmEmbeddings {
  /** One vector per text, in order. */
  readonly vectors: readonly (readonly number[])[];
  readonly model: string;
  readonly usage: LlmUsage;
  readonly cost: number | null;
}

/** A language model, reached with the node's `llmApi` credential. Calls are priced, counted and held to budgets. */
export interface LlmPort {
  /** @throws {MillraceError} `NODE_BUDGET_SPENT`, `NODE_ANSWER_INVALID`, `NODE_SERVICE_FAILED` */
  complete(request: LlmRequest): Promise<LlmAnswer>;
  embed(request: {
    readonly texts: readonly string[];
    readonly model?: string;
    readonly signal?: AbortSignal;
  }): Promise<LlmEmbeddings>;
}
