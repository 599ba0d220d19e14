/** Text without `<tags>`. */
export const removeTags = (text: string): string => text.replace(/<[^<>]*>/g, '');

/** Letters without accents; what has no plain form becomes `?`. */
export const replaceSpecialChars = (text: string): string => {
  const plain = Array.from(text, (char) => SPELLINGS[char] ?? char).join('');
  return Array.from(plain.normalize('NFD').replace(/\p{M}/gu, ''), (char) =>
    char <= '\u007f' ? char : '?',
  ).join('');
};

const SPELLINGS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '€': 'EUR',
};

const LINE_MARKS: readonly RegExp[] = [
  /^[ \t]*(?:[-*_][ \t]*){3,}$/gm,
  /^[ \t]{0,3}#{1,6}[ \t]+/gm,
  /^[ \t]*(?:>[ \t]?)+/gm,
  /^[ \t]*[-*+][ \t]+/gm,
  /^[ \t]*```[^\n`]*$/gm,
];

/** Text without Markdown's marks: headings, emphasis, links, images, code, quotes, lists. */
export function removeMarkdown(text: string): string {
  let plain = removeTags(text);
  for (const mark of LINE_MARKS) plain = plain.replace(mark, '');
  return plain
    .replace(/!\[([^\][]{0,1000})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/\[([^\][]{0,1000})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/(\*\*|__|~~)([^*_~\n]{1,2000})\1/g, '$2')
    .replace(/([*_])([^*_\n]{1,2000})\1/g, '$2')
    .replace(/`([^`\n]{1,2000})`/g, '$1');
}
