/** A piece as a page: what a browser and a search engine read. */
export interface PageFacts {
  readonly title: string;
  readonly description: string;
  /** Markdown: headings, lists, paragraphs, links, images, bold and emphasis. */
  readonly body: string;
  readonly schemaType: string;
}

/** The page of a piece in HTML. Text is escaped; only what Markdown means becomes a tag. */
export const pageHtml = ({ title, description, body, schemaType }: PageFacts): string =>
  [
    '<!doctype html>',
    `<html><head><title>${escaped(title)}</title>`,
    `<meta name="description" content="${escaped(description)}">`,
    `<script type="application/ld+json">${schemaOf(title, description, schemaType)}</script>`,
    `</head><body><main>${bodyHtml(body)}</main></body></html>`,
  ].join('\n');

/** Blocks of Markdown, one after the other. */
export const bodyHtml = (markdown: string): string =>
  markdown
    .split(/\n{2,}|\n(?=#)|(?<=^#.*)\n/m)
    .map((block) => block.trim())
    .filter(Boolean)
    .map(blockHtml)
    .join('\n');

function blockHtml(block: string): string {
  const heading = /^(#{1,6}) (.+)$/.exec(block);
  if (heading) {
    const level = heading[1]?.length ?? 1;
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>`;
  }
  const lines = block.split('\n');
  if (lines.every((line) => /^[-*] /.test(line)))
    return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
  return `<p>${inline(lines.join(' '))}</p>`;
}

const inline = (text: string): string =>
  escaped(text)
    .replaceAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g, '<img src="$2" alt="$1">')
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label: string, address: string) =>
      isSafe(address) ? `<a href="${address}">${label}</a>` : whole,
    )
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\*([^*]+)\*/g, '<em>$1</em>');

/** No `javascript:` and the like, whoever wrote the text. */
const isSafe = (address: string): boolean => /^(?:https?:\/\/|\/|#|mailto:)/i.test(address);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);

/** JSON inside a script: `<` would end it. */
const schemaOf = (title: string, description: string, type: string): string =>
  JSON.stringify({
    '@context': 'https://schema.org',
    '@type': type,
    name: title,
    description,
  }).replaceAll('<', '\\u003c');
