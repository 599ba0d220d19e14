import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { operation, p } from '@millrace/workflow/node-api';
import type { BinaryPort, LlmImage, LlmMessage } from '@millrace/workflow/ports';
import { modelNames, modelOf } from '../model.ts';

const HOUR_MS = 3_600_000;

/** Asks a model; the answer is text, or JSON that holds to a schema. */
export const ask = operation({
  label: 'Ask a model',
  params: {
    system: p.text({ label: 'System message', hint: 'Who the model is and what it keeps to' }),
    prompt: p.text({ label: 'Message', required: true }),
    output: p.oneOf({
      label: 'Answer',
      default: 'text',
      labels: { text: 'Text', json: 'JSON by schema' },
      cases: {
        text: {},
        json: {
          schema: p.json({
            label: 'JSON schema',
            required: true,
            default:
              '{\n  "type": "object",\n  "properties": { "answer": { "type": "string" } },\n  "required": ["answer"],\n  "additionalProperties": false\n}',
            rows: 8,
          }),
        },
      },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        models: p.string({
          label: 'Models',
          hint: 'In order of preference, with commas; absent takes those of the credential',
        }),
        api: p.options({
          label: 'Interface',
          default: 'chat',
          choices: [
            { value: 'chat', label: 'Chat completions' },
            { value: 'responses', label: 'Responses' },
          ],
        }),
        history: p.list({
          label: 'Earlier messages',
          group: 'messages',
          item: {
            role: p.options({
              label: 'From',
              default: 'user',
              choices: [
                { value: 'user', label: 'User' },
                { value: 'assistant', label: 'Assistant' },
              ],
            }),
            text: p.text({ label: 'Text' }),
          },
        }),
        images: p.string({
          label: 'Pictures',
          hint: 'Addresses, or names of binary fields, with commas',
        }),
        temperature: p.number({ label: 'Temperature', default: 1, min: 0, max: 2 }),
        topP: p.number({ label: 'Top P', default: 1, min: 0, max: 1 }),
        maxTokens: p.number({ label: 'Most tokens of the answer', default: 1000, min: 1 }),
        timeoutSeconds: p.number({ label: 'Time-out in seconds', default: 120, min: 1, max: 3600 }),
        cacheHours: p.number({
          label: 'Keep answers for hours',
          default: 24,
          min: 0,
          max: 720,
          hint: 'An equal question within that time costs nothing',
        }),
      },
    }),
  },
  async run({ params, item, binary, signal, context, itemIndex }) {
    const { system, prompt, output, options } = params;
    const { models, api, history = [], images, temperature, topP, maxTokens } = options;
    const { timeoutSeconds, cacheHours } = options;
    const chain = modelNames(models);
    const pictures = await picturesOf(images ?? '', item, binary, {
      node: context.node.name,
      itemIndex,
    });
    const messages: LlmMessage[] = [
      ...(system ? [{ role: 'system' as const, text: system }] : []),
      ...history.map(({ role, text }) => ({ role, text: text ?? '' })),
      { role: 'user', text: prompt, images: pictures },
    ];
    const answer = await modelOf(context).complete({
      messages,
      signal,
      ...(output.kind === 'json' && { schema: asSchema(output.schema) }),
      ...(chain && { models: chain }),
      ...(api && { api }),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(maxTokens !== undefined && { maxTokens }),
      ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * 1000 }),
      ...(cacheHours && { cacheMs: cacheHours * HOUR_MS }),
    });
    const { text, json, ...about } = answer;
    return output.kind === 'json' ? { answer: json, ...about } : { answer: text, ...about };
  },
});

/** Addresses go as they are; names of binary fields become the bytes themselves. */
async function picturesOf(
  text: string,
  item: Item,
  binary: BinaryPort,
  about: { readonly node: string; readonly itemIndex: number },
): Promise<readonly LlmImage[]> {
  const names = modelNames(text) ?? [];
  return Promise.all(
    names.map(async (name) => {
      if (/^https?:\/\//.test(name)) return { url: name };
      const file = item.binary?.[name];
      if (!file) {
        throw new NodeError(`The item has no binary field '${name}'`, about, {
          fix: 'Name a binary field of the item, or the address of a picture',
        });
      }
      const bytes = Buffer.from(await binary.get(file));
      return { url: `data:${file.mimeType};base64,${bytes.toString('base64')}` };
    }),
  );
}

const asSchema = (schema: {}): JsonObject => Object.fromEntries(Object.entries(schema));
