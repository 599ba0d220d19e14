const TAGS = new Set(
  'a abbr b blockquote br caption code div em figcaption figure h1 h2 h3 h4 h5 h6 hr i img li ol p pre s small span strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
);
/** Left out with what is in them; of other unknown tags the content stays. */
const DROPPED =
  'script, style, iframe, object, embed, template, noscript, svg, math, link, meta, base, form';
const ATTRIBUTES = new Set(['alt', 'class', 'colspan', 'height', 'rowspan', 'title', 'width']);
const LINK = /^(https?:|mailto:|tel:)/i;
const PICTURE = /^(https:|data:image\/(png|jpeg|gif|webp|avif);)/i;

/** HTML a form's author wrote, down to text, lists, tables, links and pictures. */
export async function sanitizeHtml(html: string): Promise<string> {
  if (!/[<&]/.test(html)) return html;
  // Only forms with HTML of their own pay for the parser.
  const { load } = await import('cheerio');
  const $ = load(html, null, false);
  $(DROPPED).remove();
  $('*').each((_index, element) => {
    const node = $(element);
    if (!('attribs' in element)) return;
    if (!TAGS.has(element.tagName)) {
      node.replaceWith(node.contents());
      return;
    }
    const { href = '', src = '' } = element.attribs;
    for (const name of Object.keys(element.attribs))
      if (!ATTRIBUTES.has(name)) node.removeAttr(name);
    if (element.tagName === 'a' && LINK.test(href.trim()))
      node.attr({ href: href.trim(), target: '_blank', rel: 'noopener noreferrer' });
    if (element.tagName === 'img' && PICTURE.test(src.trim())) node.attr('src', src.trim());
  });
  $('*')
    .add($.root())
    .contents()
    .filter((_index, node) => node.type === 'comment')
    .remove();
  return $.html();
}

/**
 * Style rules a form's author wrote. They cannot end the style element and load nothing: escapes, which
 * could hide either, are taken out first.
 */
export function sanitizeCss(css: string): string {
  return css
    .replace(/[<\\]/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@(import|charset|namespace)[^;]*(;|$)/gi, '')
    .replace(/\b(url|image|image-set|src|expression)\s*\([^)]*\)?/gi, 'none')
    .replace(/(behavior|-moz-binding)\s*:/gi, 'x-$1:');
}
