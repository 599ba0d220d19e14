import { defineNode, p } from '@millrace/workflow/node-api';
import { loadProfile } from '../business-profile/load-profile.ts';
import { ANGLES } from '../content-ideas/angles.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { contentBriefIcon } from './content-brief.icon.ts';
import { briefText, makeBrief } from './make-brief.ts';

const RELATED = 6;

export default defineNode({
  name: 'millrace-nodes-marketing.contentBrief',
  label: 'Content Brief',
  description: 'Angle, structure, lengths and call to action of a piece, for a writer or a model',
  version: 1,
  group: ['marketing'],
  icon: contentBriefIcon,
  subtitle: '={{ $parameter["angle"] }}',
  codex: {
    categories: ['Marketing', 'Content'],
    alias: ['brief', 'outline', 'structure', 'writer', 'article'],
  },
  params: {
    angle: p.options({
      label: 'Angle',
      default: 'fromItem',
      choices: [
        { value: 'fromItem', label: 'From the Item', hint: 'Its field "angle", else an explainer' },
        ...ANGLES.map(({ id, goal }) => ({ value: id, label: id, hint: goal })),
      ],
    }),
    keyword: p.string({
      label: 'Search',
      default: '',
      placeholder: 'coffee grinder',
      hint: 'Left empty: the field "keyword" of the item, else its subject',
    }),
    related: p.text({
      label: 'Related Searches',
      default: '',
      hint: 'One a line, they become headings; left empty, the nearest stored keywords',
    }),
  },
  /** One item in, the brief out: its parts as fields and the whole as Markdown in `text`. */
  async run({ params, item, itemIndex, context }) {
    const field = itemFields(item.json, itemIndex);
    const term = field.need('term', 'subject', 'keyword');
    const keyword = params.keyword || field.text('keyword');
    const angle = params.angle === 'fromItem' ? (field.text('angle') ?? 'explainer') : params.angle;
    const usual = ANGLES.find(({ id }) => id === angle) ?? ANGLES[0];
    const lines = params.related.split('\n').flatMap((line) => line.trim() || []);
    const related =
      lines.length > 0
        ? lines
        : (await loadProfile(context.tables)).match(term, RELATED).map(({ text }) => text);
    const brief = makeBrief({
      title:
        field.text('title') ?? usual?.title({ subject: term, keyword: keyword ?? term }) ?? term,
      angle,
      term,
      keyword,
      intents: field.text('intents', 'intent'),
      related,
    });
    return { ...brief, text: briefText(brief) };
  },
});
