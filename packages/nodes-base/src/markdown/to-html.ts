import showdown from 'showdown';
import type { JsonObject } from '@millrace/workflow/items';

/** HTML of Markdown. The options are Showdown's own. */
export const markdownToHtml = (markdown: string, options: JsonObject): string =>
  new showdown.Converter(options).makeHtml(markdown);
