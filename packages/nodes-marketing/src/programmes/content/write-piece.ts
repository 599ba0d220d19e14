import type { Brief } from '../../content-brief/make-brief.ts';
import { wordPicker } from '../../content-brief/word-picker.ts';
import { LEAD, LEAD_ALONE, LINK } from '../../content-brief/wordings.ts';
import type { PieceQuality } from '../../content-quality/check-piece.ts';
import type { ProgrammeContext } from '../programme.ts';

/** The words of a piece, and who found them. */
export interface Draft {
  /** Markdown, beginning with the title as main heading. */
  readonly body: string;
  readonly madeBy: 'template' | 'model';
}

/** A page of ours a piece can lead to. */
export interface OwnLink {
  readonly url: string;
  readonly title: string;
}

type Model = Pick<ProgrammeContext, 'llm' | 'logger' | 'signal'>;

/**
 * The article of a brief: by the model when there is one, else from the template, which also stands
 * in when the model fails. A template's article is a skeleton for a person: what each part has to
 * say, in order, with links; it claims nothing.
 */
export async function writeArticle(
  model: Model,
  brief: Brief,
  links: readonly OwnLink[],
): Promise<Draft> {
  const template = templateArticle(brief, links);
  const text = await askModel(model, ARTICLE, [
    `Search: ${brief.keyword}. About ${brief.words} words. End with: ${brief.callToAction}.`,
    `Link to: ${links.map(({ url, title }) => `[${title}](${url})`).join(', ') || 'nothing'}`,
    `Outline:\n${outlineText(brief)}`,
  ]);
  return text === undefined ? template : { body: withTitle(text, brief.title), madeBy: 'model' };
}

/** The article of a brief by the template. */
export const templateArticle = (
  brief: Brief,
  links: readonly OwnLink[],
): Draft & { readonly madeBy: 'template' } => ({
  body: articleFrom(brief, links),
  madeBy: 'template',
});

/** One round of mending what the check found; the draft as it was when the model fails. */
export async function mendArticle(
  model: Model,
  draft: Draft,
  { problems }: Pick<PieceQuality, 'problems'>,
): Promise<Draft> {
  const text = await askModel(model, MEND, [`Problems:\n${problems.join('\n')}`, draft.body]);
  return text === undefined ? draft : { body: text, madeBy: 'model' };
}

const ARTICLE =
  'You write plain, useful articles in Markdown: short sentences, no claims without a source, no filler. ' +
  'Keep the headings of the outline. Answer with the article only.';
const MEND =
  'You mend articles in Markdown. Change only what the problems name. Answer with the whole article.';

async function askModel(
  { llm, logger, signal }: Model,
  system: string,
  parts: readonly string[],
): Promise<string | undefined> {
  if (!llm) return undefined;
  try {
    const { text } = await llm.complete({
      messages: [
        { role: 'system', text: system },
        { role: 'user', text: parts.join('\n\n') },
      ],
      signal,
    });
    return text.trim() || undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    logger.warn('The model wrote nothing, the template stands in', { error: String(error) });
    return undefined;
  }
}

const withTitle = (text: string, title: string): string =>
  /^# /m.test(text) ? text : `# ${title}\n\n${text}`;

const outlineText = ({ outline }: Brief): string =>
  outline.map(({ heading, points }) => `## ${heading}\n${points.join('; ')}`).join('\n');

function articleFrom(brief: Brief, links: readonly OwnLink[]): string {
  const { title, term, keyword, outline } = brief;
  const pick = wordPicker(`article/${title}/${keyword}`);
  const lead = pick(keyword === term ? LEAD_ALONE : LEAD, { term, keyword });
  return [
    `# ${title}`,
    lead.charAt(0).toUpperCase() + lead.slice(1),
    ...outline.flatMap(({ heading, points }, index) => {
      const link = links[index];
      return [
        `## ${heading}`,
        points.map((point) => `- ${point}.`).join('\n'),
        ...(link ? [pick(LINK, { link: `[${link.title}](${link.url})` })] : []),
      ];
    }),
  ].join('\n\n');
}
