import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { HandoffContext } from '../tables/handoffs.ts';
import { plainSummary } from './handoff-context.ts';

/** What the talk is about, for whoever takes it: by a model when there is one, else the last words. */
export async function summarise(
  { llm, logger, signal }: Pick<ExecuteContext, 'llm' | 'logger' | 'signal'>,
  context: HandoffContext,
): Promise<string> {
  const plain = plainSummary(context);
  if (!llm || plain === '') return plain;
  try {
    const { text } = await llm.complete({
      messages: [
        {
          role: 'system',
          text: 'Sum up this talk for a colleague who takes it over: what the contact wants, what was promised. Three sentences at most.',
        },
        { role: 'user', text: JSON.stringify(context.messages) },
      ],
      signal,
    });
    return text;
  } catch (error) {
    if (signal.aborted) throw error;
    logger.warn('The model summed up no talk, its last words stand in', { error: String(error) });
    return plain;
  }
}
