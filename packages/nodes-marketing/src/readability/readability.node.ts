import type { Item } from '@millrace/workflow/items';
import { decodeParams, defineNode, p, readParams } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { within } from '../item-fields/within.ts';
import { readText } from './read-text.ts';
import { readabilityIcon } from './readability.icon.ts';

const params = {
  textField: p.string({
    label: 'Text Field',
    default: 'text',
    hint: 'English text; HTML and Markdown signs are left out',
  }),
  low: p.number({ label: 'Lowest Reading Ease', default: 50, min: 0, max: 100 }),
  high: p.number({
    label: 'Highest Reading Ease',
    default: 85,
    min: 0,
    max: 120,
    hint: 'The score is 100 between the two. 30 is for scholars, 60 plain, 90 for children',
  }),
  hardest: p.number({ label: 'Hard Sentences Shown', default: 3, min: 0, max: 50 }),
} as const;

/** Tells how hard a text is to read. */
export default defineNode({
  name: 'millrace-nodes-marketing.readability',
  label: 'Readability',
  description: 'Tells how hard an English text is to read, and which sentences make it so',
  version: 1,
  group: ['marketing'],
  icon: readabilityIcon,
  subtitle: '={{ $parameter["textField"] }}',
  codex: { categories: ['Marketing', 'Content'], alias: ['flesch', 'kincaid', 'grade', 'plain'] },
  pure: true,
  params,
  async execute(context) {
    return [
      context.items().map((item, index): Item => {
        const given = decodeParams(params, readParams(params, context, index));
        const band = { low: given.low, high: given.high };
        if (band.low >= band.high)
          throw new InputError(
            `The lowest reading ease ${band.low} is not below the highest, ${band.high}`,
            'Give a band such as 50 to 85',
          );
        const text = itemFields(item.json, index).text(given.textField) ?? '';
        const most = within('Hard Sentences Shown', given.hardest, { min: 0, isWhole: true });
        return {
          json: { ...item.json, readability: { ...readText(text, band, most) } },
          pairedItem: { item: index },
        };
      }),
    ];
  },
});
