import type { JsonObject } from '@millrace/workflow/items';
import type {
  Clock,
  LlmAnswer,
  LlmMessage,
  LlmPort,
  LlmRequest,
  LlmUsage,
} from '@millrace/workflow/ports';
import type { CredentialTypes } from '../../egress/index.ts';
import type { CredentialSender, OpenedCredential } from '../credentials/index.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { BudgetService } from './budgets.service.ts';
import { askInOrder } from './fallback.ts';
import { LlmAnswerError } from './llm.error.ts';
import { createModelClient, type ModelAnswer, type ModelClient } from './model-client.ts';
import type { PriceService } from './prices.service.ts';
import { judge, repairTurn, schemaInstruction } from './structured-answer.ts';
import type { LlmAccount, UsageService } from './usage.service.ts';

const TIMEOUT_MS = 120_000;

export interface ModelPortOptions {
  readonly sender: CredentialSender;
  readonly types: CredentialTypes;
  readonly prices: PriceService;
  readonly budgets: BudgetService;
  readonly usage: UsageService;
  readonly cache: AnswerCache;
  readonly clock: Clock;
}

/** A service as a credential describes it. */
interface Service {
  readonly client: ModelClient;
  readonly baseUrl: string;
  readonly models: readonly string[];
  readonly embeddingModel: string;
}

/** Who asks, and with what: found anew on each call, so that what changed meanwhile counts. */
export type OpenAccount = () => Promise<{
  readonly credential: OpenedCredential;
  readonly of: LlmAccount;
}>;

/** What asks models, given who pays: the budget is asked first, every call is written down after. */
export function createModelPort(options: ModelPortOptions): (opened: OpenAccount) => LlmPort {
  const { sender, types, prices, budgets, usage, cache, clock } = options;

  async function serviceOf(credential: OpenedCredential, user: LlmAccount): Promise<Service> {
    const data = types.complete(credential.type, credential.data);
    const baseUrl = textOf(data, 'baseUrl').replace(/\/+$/, '');
    return {
      client: await createModelClient(baseUrl, (request) => sender.send(credential, request, user)),
      baseUrl,
      models: namesIn(textOf(data, 'models')),
      embeddingModel: textOf(data, 'embeddingModel'),
    };
  }

  async function account(model: string, used: LlmUsage, of: LlmAccount): Promise<number | null> {
    const cost = await prices.costOf(model, used);
    await usage.record(of, { model, usage: used, cost });
    return cost;
  }

  /** Asks, and once more when the answer does not hold to the schema. Every turn is paid, good or bad. */
  async function askWithRepair(
    client: ModelClient,
    request: LlmRequest,
    { model, of }: { readonly model: string; readonly of: LlmAccount },
  ): Promise<Omit<LlmAnswer, 'isFromCache'>> {
    const { schema } = request;
    const messages: readonly LlmMessage[] = schema
      ? [schemaInstruction(schema), ...request.messages]
      : request.messages;
    const first = await client.ask(model, { ...request, messages });
    const paid = await account(model, first.usage, of);
    refuseRefusal(model, first);
    if (!schema) return { ...answerOf(model, first), cost: paid };
    const judged = judge(schema, first.text);
    if (judged.isGood) return { ...answerOf(model, first), cost: paid, json: judged.json };

    const repair = [...messages, ...repairTurn(first.text, judged.problems)];
    const second = await client.ask(model, { ...request, messages: repair });
    const paidAgain = await account(model, second.usage, of);
    refuseRefusal(model, second);
    const again = judge(schema, second.text);
    if (!again.isGood)
      throw new LlmAnswerError(model, { problems: again.problems, answer: second.text });
    return {
      ...answerOf(model, second),
      usage: sum(first.usage, second.usage),
      cost: paid === null || paidAgain === null ? null : paid + paidAgain,
      json: again.json,
    };
  }

  return (opened): LlmPort => {
    const open = async () => {
      const { credential, of } = await opened();
      return { service: await serviceOf(credential, of), of };
    };

    return {
      async complete(asked) {
        const { service, of } = await open();
        const request = { timeoutMs: TIMEOUT_MS, ...asked };
        const models = request.models?.length ? request.models : service.models;
        const key = cache.keyOf([of.projectId, service.baseUrl, models, contentOf(request)]);
        const { cacheMs } = request;
        const kept = cacheMs === undefined ? undefined : await cache.find(key, cacheMs);
        if (kept) return { ...kept, usage: NOTHING_USED, cost: 0, isFromCache: true };

        const warning = await budgets.check(of.projectId, of.workflowId);
        const { answer } = await askInOrder(
          models,
          (model) => askWithRepair(service.client, request, { model, of }),
          { clock, signal: request.signal },
        );
        const full: LlmAnswer = { ...answer, isFromCache: false };
        if (cacheMs !== undefined) await cache.store(key, full);
        return { ...full, ...(warning !== undefined && { warning }) };
      },

      async embed({ texts, model: named, signal }) {
        const { service, of } = await open();
        await budgets.check(of.projectId, of.workflowId);
        const first = named ?? service.embeddingModel;
        const { model, answer } = await askInOrder(
          first ? [first] : [],
          (each) => service.client.embed(each, texts, signal),
          { clock, signal },
        );
        return { ...answer, model, cost: await account(model, answer.usage, of) };
      },
    };
  };
}

const NOTHING_USED: LlmUsage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 };

const answerOf = (model: string, { text, finishReason, usage }: ModelAnswer) => ({
  text,
  model,
  finishReason,
  usage,
});

function refuseRefusal(model: string, { refusal }: ModelAnswer): void {
  if (refusal === null) return;
  const said = { problems: [`it refused: ${refusal}`], answer: refusal };
  throw new LlmAnswerError(model, said, 'Ask in other words, or ask another model');
}

const contentOf = ({ messages, api, schema, temperature, topP, maxTokens }: LlmRequest) => [
  messages,
  api ?? 'chat',
  schema ?? null,
  temperature ?? null,
  topP ?? null,
  maxTokens ?? null,
];

const sum = (a: LlmUsage, b: LlmUsage): LlmUsage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  cachedTokens: a.cachedTokens + b.cachedTokens,
});

const textOf = (data: JsonObject, name: string) => String(data[name] ?? '').trim();

const namesIn = (text: string) =>
  text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
