import type { ProgrammeContext } from '../programmes/programme.ts';
import { draftMail, type Draft, type DraftFacts } from './draft.ts';

const PLACEHOLDER = /\[[^\]]+\]|\{\{|<[a-z ]+>/i;

/**
 * The mail to one prospect: worded by the model when there is one, else from the templates, which also
 * stand in when the model fails, leaves out the address of our page or leaves something to fill in.
 */
export async function wordDraft(
  { llm, logger, signal, now }: Pick<ProgrammeContext, 'llm' | 'logger' | 'signal' | 'now'>,
  facts: DraftFacts,
): Promise<Draft & { readonly madeBy: 'model' | 'template' }> {
  const template = { ...draftMail(facts, now()), madeBy: 'template' as const };
  if (!llm) return template;
  try {
    const { text } = await llm.complete({
      messages: [
        { role: 'system', text: INSTRUCTION },
        { role: 'user', text: template.body },
      ],
      signal,
    });
    const isWhole = text.includes(facts.targetUrl) && !PLACEHOLDER.test(text);
    return isWhole ? { ...template, body: text.trim(), madeBy: 'model' } : template;
  } catch (error) {
    if (signal.aborted) throw error;
    logger.warn('The model worded no mail, the template stands in', { error: String(error) });
    return template;
  }
}

const INSTRUCTION =
  'You word short, friendly, honest mails. Keep every fact, name and address of the draft, add none, ' +
  'leave nothing to fill in, at most 120 words. Answer with the mail only.';
