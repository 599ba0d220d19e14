import { openService } from '../marketing-fakes/fake-service.ts';

/**
 * A language model on this machine that answers with what it was given. Who asks first has to wait until
 * it may answer; all others, such as a second programme, are answered at once.
 */
export async function openFakeModel() {
  const asked = Promise.withResolvers<void>();
  const allowed = Promise.withResolvers<void>();
  const calls = { count: 0 };
  const service = await openService(async ({ body }) => {
    calls.count += 1;
    asked.resolve();
    if (calls.count === 1) await allowed.promise;
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
