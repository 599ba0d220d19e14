import type { Brief } from '../../content-brief/make-brief.ts';
import type { ProgrammeContext } from '../programme.ts';

/** What the networks take, in characters. */
const LIMITS: Readonly<Record<string, number>> = {
  x: 280,
  linkedin: 3000,
  facebook: 5000,
  instagram: 2200,
  tiktok: 2200,
};
const USUAL_LIMIT = 1000;

export interface SocialPost {
  readonly channel: string;
  readonly text: string;
  readonly madeBy: 'template' | 'model';
}

/** One post for each channel that leads to a piece; the template where the model gives none that fits. */
export async function writeSocialPosts(
  { llm, logger, signal }: Pick<ProgrammeContext, 'llm' | 'logger' | 'signal'>,
  brief: Brief,
  { channels, url }: { readonly channels: readonly string[]; readonly url: string },
): Promise<SocialPost[]> {
  const templates = channels.map((channel) => fromTemplate(brief, channel, url));
  if (!llm || channels.length === 0) return templates;
  try {
    const { json } = await llm.complete({
      messages: [
        { role: 'system', text: INSTRUCTION },
        {
          role: 'user',
          text: JSON.stringify({
            title: brief.title,
            description: brief.description,
            url,
            channels: channels.map((channel) => ({ channel, most: limitOf(channel) })),
          }),
        },
      ],
      schema: {
        type: 'object',
        properties: Object.fromEntries(channels.map((channel) => [channel, { type: 'string' }])),
        required: [...channels],
      },
      signal,
    });
    return templates.map((template) => fromModel(json, template, url));
  } catch (error) {
    if (signal.aborted) throw error;
    logger.warn('The model wrote no posts, the templates stand in', { error: String(error) });
    return templates;
  }
}

const INSTRUCTION =
  'You write one short post for each channel, in its tone, within its number of characters, with the ' +
  'address in it and without invented facts. Answer with an object of channel and text.';

function fromModel(json: unknown, template: SocialPost, url: string): SocialPost {
  const text =
    typeof json === 'object' && json !== null && template.channel in json
      ? Object.entries(json).find(([channel]) => channel === template.channel)?.[1]
      : undefined;
  const fits =
    typeof text === 'string' && text.includes(url) && text.length <= limitOf(template.channel);
  return fits ? { ...template, text, madeBy: 'model' } : template;
}

const limitOf = (channel: string): number => LIMITS[channel] ?? USUAL_LIMIT;

function fromTemplate(
  { title, description, term }: Brief,
  channel: string,
  url: string,
): SocialPost {
  const tag = `#${term.replaceAll(/[^\p{L}\p{N}]+/gu, '')}`;
  const [short, long] = [`${title}\n${url} ${tag}`, `${title}\n\n${description}\n\n${url} ${tag}`];
  return {
    channel,
    text: long.length <= Math.min(limitOf(channel), 1000) ? long : short,
    madeBy: 'template',
  };
}
