import { load } from 'cheerio';

/** A mail's HTML as lines of text; addresses that only stand in links are written behind them. */
export function htmlToText(html: string): string {
  const page = load(html);
  page('style, script, head, title').remove();
  for (const link of page('a[href]').toArray()) {
    const href = page(link).attr('href') ?? '';
    const target = href.replace(/^mailto:/i, '').split('?')[0] ?? '';
    const isAddress = /^mailto:/i.test(href) || /^https?:/i.test(href);
    const whole = /^mailto:/i.test(href) ? target : href;
    if (isAddress && !page(link).text().includes(target)) page(link).append(` (${whole})`);
  }
  page('br').replaceWith('\n');
  page('hr').replaceWith('\n----------\n');
  page('p, div, tr, li, h1, h2, h3, h4, h5, h6, table, blockquote').before('\n').after('\n');
  page('td, th').after('\n');
  return page.root().text();
}

const MOST_CHARACTERS = 5_000_000;

/** The lines of a mail without what mail programs put around them. */
export const linesOf = (text: string): string[] =>
  text
    .slice(0, MOST_CHARACTERS)
    .replaceAll(/\u200B|\u200C|\u200D|\uFEFF/g, '')
    .replaceAll('\u00A0', ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^(?:>\s?)+/, '').trim());
