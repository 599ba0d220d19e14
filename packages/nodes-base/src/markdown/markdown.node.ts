import { defineNode } from '@millrace/workflow/node-api';
import { setField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { forEachItem, optionsOf } from '../items/for-each-item.ts';
import { markdownProperties } from './markdown.properties.ts';

/** Makes HTML of Markdown, and Markdown of HTML. */
export const markdownNode = defineNode({
  name: 'n8n-nodes-base.markdown',
  label: 'Markdown',
  description: 'Makes HTML of Markdown, and Markdown of HTML',
  version: 1,
  subtitle: '={{ $parameter["mode"] }}',
  icon: icon('M3 6h18v12H3z', 'M7 15V9l2.5 3L12 9v6', 'M16.5 9v6', 'm14.5 13 2 2 2-2'),
  pure: true,
  properties: markdownProperties,
  execute: (context) =>
    forEachItem(context, async (item, index) => {
      const isToHtml = context.param('mode', index) === 'markdownToHtml';
      const source = String(context.param(isToHtml ? 'markdown' : 'html', index) ?? '');
      // Each way has a library of its own, loaded when it is first used.
      const convert = isToHtml
        ? (await import('./to-html.ts')).markdownToHtml
        : (await import('./to-markdown.ts')).htmlToMarkdown;
      const destination = String(context.param('destinationKey', index));
      return {
        ...item,
        json: setField(item.json, destination, convert(source, optionsOf(context, index))),
        pairedItem: { item: index },
      };
    }),
});
