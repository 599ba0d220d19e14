import { operation, p } from '@millrace/workflow/node-api';
import { modelOf } from '../model.ts';

/** Turns a text into a vector that is near those of texts alike. */
export const embed = operation({
  label: 'Embed a text',
  params: {
    text: p.text({ label: 'Text', required: true }),
    embeddingModel: p.string({
      label: 'Model',
      hint: 'Absent takes the embedding model of the credential',
    }),
  },
  async run({ params: { text, embeddingModel }, signal, context }) {
    const { vectors, ...about } = await modelOf(context).embed({
      texts: [text],
      signal,
      ...(embeddingModel && { model: embeddingModel }),
    });
    return { embedding: vectors[0] ?? [], ...about };
  },
});
