import { ParamError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import { NodeHtmlMarkdown, type NodeHtmlMarkdownOptions } from 'node-html-markdown';
import { fieldList } from '../fields/field-list.ts';
import { listItem } from './list-item.ts';

type Replacement = readonly [pattern: RegExp, replacement: string];

/** Markdown of HTML. @throws {ParamError} for a pattern that is no regular expression. */
export function htmlToMarkdown(html: string, options: JsonObject): string {
  const {
    ignore,
    blockElements,
    codeBlockStyle,
    globalEscape,
    lineStartEscape,
    textReplace,
    ...same
  } = options;
  const [globally] = replacements(globalEscape, 'globalEscape');
  const [atLineStart] = replacements(lineStartEscape, 'lineStartEscape');
  const replaced = replacements(textReplace, 'textReplace');
  const chosen: Partial<NodeHtmlMarkdownOptions> = {
    ...same,
    ...(ignore !== undefined && { ignore: fieldList(ignore) }),
    ...(blockElements !== undefined && { blockElements: fieldList(blockElements) }),
    ...(codeBlockStyle !== undefined && {
      codeBlockStyle: codeBlockStyle === 'indented' ? 'indented' : 'fenced',
    }),
    ...(globally && { globalEscape: globally }),
    ...(atLineStart && { lineStartEscape: atLineStart }),
    ...(replaced.length > 0 && { textReplace: replaced }),
  };
  return NodeHtmlMarkdown.translate(html, chosen, { li: listItem });
}

/** The rows of a fixed collection with a pattern and what takes its place; one row or a list of them. */
function replacements(value: unknown, path: string): Replacement[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value)
    .flat()
    .flatMap((row: JsonObject | undefined) =>
      row?.pattern
        ? [[regExp(String(row.pattern), path), String(row.replacement ?? '')] as const]
        : [],
    );
}

/** A pattern, bare or as `/pattern/flags`. All matches count when no flags are given. */
function regExp(text: string, path: string): RegExp {
  const [, source, flags] = /^\/([\s\S]+)\/([a-z]*)$/.exec(text) ?? [undefined, text, 'g'];
  try {
    return new RegExp(source ?? text, flags);
  } catch {
    throw new ParamError({
      path: `options.${path}`,
      expected: 'a regular expression',
      received: text,
      reason: 'mismatch',
    });
  }
}
