import type { PlanRow } from '../../tables/programmes.ts';
import type { ProgrammeContext } from '../programme.ts';

interface Brief {
  readonly title: string;
  readonly body: string;
  readonly madeBy: 'template' | 'model';
}

/**
 * What a writer needs for one plan. A model words it when there is one; the template says the same
 * facts, and stands in when the model fails, so that a run never stops for it.
 */
export async function writeBrief(
  { llm, logger, signal }: ProgrammeContext,
  plan: PlanRow,
): Promise<Brief> {
  const template = fromTemplate(plan);
  if (!llm) return template;
  try {
    const { text } = await llm.complete({
      messages: [
        { role: 'system', text: 'You write short content briefs. Keep every number. Markdown.' },
        { role: 'user', text: `Turn these facts into a brief for a writer:\n\n${template.body}` },
      ],
      signal,
    });
    return { ...template, body: text, madeBy: 'model' };
  } catch (error) {
    if (signal.aborted) throw error;
    logger.warn('The model wrote no brief, the template stands in', { error: String(error) });
    return template;
  }
}

function fromTemplate({ title, steps, details }: PlanRow): Brief {
  const facts = details ?? {};
  const needs = isRecord(facts['requirements']) ? facts['requirements'] : {};
  const headings = Array.isArray(needs['headings']) ? needs['headings'].map(String) : [];
  const lines = [
    `# ${title}`,
    '',
    `- Search: ${String(facts['keyword'] ?? '')}`,
    `- Position now: ${String(facts['position'] ?? 'none')}, wanted: ${String(facts['targetPosition'] ?? '')}`,
    `- Length: about ${String(needs['words'] ?? 800)} words`,
    `- Structured data: ${String(needs['schemaType'] ?? 'Article')}`,
    ...(headings.length > 0 ? ['', '## Headings', ...headings.map((text) => `- ${text}`)] : []),
    '',
    '## Steps',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
  ];
  return { title, body: lines.join('\n'), madeBy: 'template' };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
