import { PostProcessResult, type TranslatorConfigFactory } from 'node-html-markdown';

const INDENT = '   ';
const LINE_END = /([^\r\n])(?:\r?\n)+(?=(\s*(?:[-*+]|\d+\.)\s)?)/g;
const BLANKS_AT_END = /(\S)[^\S\r\n]+$/gm;

/**
 * How a list item is written. Three blanks nest under bullets and numbers alike, while the two of the
 * library do not nest under numbers. Lines of one item are kept apart by hard breaks.
 */
export const listItem: TranslatorConfigFactory = ({
  options: { bulletMarker },
  indentLevel,
  listKind,
  listItemNumber,
}) => {
  const indent = INDENT.repeat(Number(indentLevel ?? 0));
  const isNumbered = listKind === 'OL' && listItemNumber !== undefined;
  return {
    prefix: `${indent}${isNumbered ? `${listItemNumber}.` : bulletMarker} `,
    surroundingNewlines: 1,
    postprocess: ({ content }) => {
      const text = content
        .trim()
        .replaceAll(LINE_END, (_all, last: string, nested?: string) =>
          nested === undefined ? `${last}  \n${indent}` : `${last}  \n`,
        )
        .replaceAll(BLANKS_AT_END, '$1  ');
      return text === '' ? PostProcessResult.RemoveNode : text;
    },
  };
};
