import type { Item } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { allItems, forAllItems, forEachItem, optionsOf } from '../items/for-each-item.ts';
import { htmlTable } from './html-table.ts';
import { filledTemplate } from './html-template.ts';
import { htmlProperties, sourceProperties } from './html.properties.ts';

const htmlIcon = icon('m8 7-5 5 5 5', 'm16 7 5 5-5 5', 'm14 4-4 16');

/** Fills HTML templates, picks values out of HTML, and makes tables. */
export const htmlNode = defineNode({
  name: 'n8n-nodes-base.html',
  label: 'HTML',
  description: 'Fills HTML templates, picks values out of HTML, and makes tables of items',
  version: [1, 1.1, 1.2],
  defaultVersion: 1.2,
  subtitle: '={{ $parameter["operation"] }}',
  icon: htmlIcon,
  codex: { alias: ['CSS', 'extract', 'scrape', 'template', 'table'] },
  pure: true,
  properties: htmlProperties,
  execute(context) {
    switch (context.param('operation', 0)) {
      case 'extractHtmlContent':
        return extractions(context);
      case 'convertToHtmlTable':
        return forAllItems(context, () => ({
          json: { table: htmlTable(context.items(), optionsOf(context, 0)) },
          pairedItem: allItems(context),
        }));
      default:
        return forEachItem(context, (_item, index) => ({
          json: { html: filledTemplate(context, index) },
        }));
    }
  },
});

/** The predecessor of the HTML node, for workflows that still have it. */
export const htmlExtractNode = defineNode({
  name: 'n8n-nodes-base.htmlExtract',
  label: 'HTML Extract',
  description: 'Picks values out of HTML. The HTML node does the same and more',
  version: 1,
  icon: htmlIcon,
  pure: true,
  properties: sourceProperties.map(shownAlways),
  execute: extractions,
});

/** The HTML parser is large: it is loaded when the first page is read, not when the server starts. */
async function extractions(context: ExecuteContext): Promise<[Item[]]> {
  const { extractHtml } = await import('./extract-html.ts');
  return forEachItem(context, (item, index) => extractHtml(context, item, index));
}

/** Without the condition on an operation, which HTML Extract does not have. */
function shownAlways<P extends (typeof sourceProperties)[number]>(property: P): P {
  const { operation: _operation, ...show } = property.displayOptions?.show ?? {};
  return { ...property, displayOptions: { ...property.displayOptions, show } };
}
