/** What we ask of a node of the parsed page. */
interface HtmlNode {
  readonly type: string;
  readonly data?: string;
  readonly name?: string;
  readonly children?: readonly HtmlNode[];
  readonly attribs?: Attributes;
}

type Attributes = Readonly<Record<string, string>>;

/** Blank lines before and after an element that stands on its own lines. */
const BREAKS: Readonly<Record<string, readonly [before: number, after: number]>> = {
  ...Object.fromEntries(['h1', 'h2', 'h3'].map((tag) => [tag, [3, 2]])),
  ...Object.fromEntries(
    ['blockquote', 'h4', 'h5', 'h6', 'hr', 'ol', 'p', 'pre', 'table', 'ul'].map((tag) => [
      tag,
      [2, 2],
    ]),
  ),
  ...Object.fromEntries(
    ['article', 'aside', 'div', 'footer', 'form', 'header', 'li', 'main', 'nav', 'section'].map(
      (tag) => [tag, [1, 1]],
    ),
  ),
};

/**
 * The text of some nodes as a person would read it: blocks on their own lines, lists with marks, links
 * and pictures with their address in brackets, headings in capitals. Scripts and styles are left out.
 */
export function readableText(nodes: readonly HtmlNode[]): string {
  const page = new Page();
  for (const node of nodes) write(page, node);
  return page.text();
}

function write(page: Page, node: HtmlNode): void {
  if (node.type === 'text') return page.words(node.data ?? '');
  if (node.type !== 'tag') return;
  const { name = '', children = [], attribs = {} } = node;
  if (name === 'br') return page.lineBreak();
  if (name === 'img') return page.words(picture(attribs));
  const [before, after] = BREAKS[name] ?? [0, 0];
  if (before === 0) {
    for (const child of children) write(page, child);
    const link = name === 'a' ? attribs.href : undefined;
    if (link && !link.startsWith('#')) page.words(` [${link}]`);
    return;
  }
  page.block(blockText(name, children, attribs), before, after);
}

function blockText(name: string, children: readonly HtmlNode[], attribs: Attributes): string {
  if (name === 'hr') return '-'.repeat(40);
  if (name === 'pre') return rawText(children);
  if (name === 'ul') return listText(children, () => ' * ');
  if (name === 'ol') {
    const first = Number(attribs.start ?? 1) || 1;
    return listText(children, (index) => ` ${first + index}. `);
  }
  const text = readableText(children);
  if (name === 'blockquote') return text.replaceAll(/^/gm, '> ');
  return /^h[1-6]$/.test(name) ? text.toUpperCase() : text;
}

function listText(children: readonly HtmlNode[], mark: (index: number) => string): string {
  return children
    .filter(({ type }) => type === 'tag')
    .map((child, index) => {
      const prefix = mark(index);
      return (
        prefix +
        readableText(child.children ?? []).replaceAll('\n', `\n${' '.repeat(prefix.length)}`)
      );
    })
    .join('\n');
}

const rawText = (nodes: readonly HtmlNode[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'text') return node.data ?? '';
      return node.type === 'tag' ? rawText(node.children ?? []) : '';
    })
    .join('');

function picture({ alt = '', src }: Attributes): string {
  return [alt, src && `[${src}]`].filter(Boolean).join(' ');
}

/** Words run on with single blanks between them; blocks keep the larger of two distances. */
class Page {
  #text = '';
  #breaks = 0;
  #hasBlank = false;

  words(raw: string): void {
    const words = raw.replaceAll(/\s+/g, ' ');
    const trimmed = words.trim();
    if (!trimmed) {
      this.#hasBlank ||= words !== '';
      return;
    }
    this.#start(this.#hasBlank || words.startsWith(' ') ? ' ' : '');
    this.#text += trimmed;
    this.#hasBlank = words.endsWith(' ');
  }

  lineBreak(): void {
    this.#text += '\n';
    this.#hasBlank = false;
  }

  block(text: string, before: number, after: number): void {
    if (!text) return;
    this.#breaks = Math.max(this.#breaks, before);
    this.#start('');
    this.#text += text;
    this.#breaks = after;
  }

  text(): string {
    return this.#text.trim();
  }

  #start(blank: string): void {
    if (this.#breaks > 0 && this.#text !== '') this.#text += '\n'.repeat(this.#breaks);
    else if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += blank;
    this.#breaks = 0;
    this.#hasBlank = false;
  }
}
