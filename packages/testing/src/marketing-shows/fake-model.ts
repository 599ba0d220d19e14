import { openService } from '../marketing-fakes/fake-service.ts';

/** A language model on this machine that answers with what it was given, and not before it may. */
export async function openFakeModel() {
  const asked = Promise.withResolvers<void>();
  const allowed = Promise.withResolvers<void>();
  const service = await openService(async ({ body }) => {
    asked.resolve();
    await allowed.promise;
    const { messages = [] }: { messages?: readonly { content?: unknown }[] } = JSON.parse(
      body.toString(),
    );
    const message = { role: 'assistant', content: String(messages.at(-1)?.content ?? '') };
    return {
      status: 200,
      body: {
        model: 'echo',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage: { prompt_tokens: 100, completion_tokens: 100, total_tokens: 200 },
      },
    };
  });
  return {
    ...service,
    /** Resolves when somebody waits for an answer. */
    asked: asked.promise,
    /** From now on everybody is answered. */
    answer: () => allowed.resolve(),
  };
}
