import { labelled, type Label } from './labels.ts';
import { linesOf, htmlToText } from './mail-lines.ts';
import { parseDeadline } from './parse-deadline.ts';

/** A question of a journalist, as a digest mail has it. */
export interface ParsedQuery {
  readonly summary: string;
  readonly query: string;
  readonly outlet: string | null;
  readonly journalist: string | null;
  readonly category: string | null;
  readonly requirements: string | null;
  /** As it stands in the mail, or empty where there is a page only. */
  readonly email: string;
  readonly url: string | null;
  /** ms since the epoch; null when it could not be read for sure. */
  readonly deadline: number | null;
  /** What a person should look at, in words. */
  readonly doubts: readonly string[];
}

export interface ParsedDigest {
  readonly queries: readonly ParsedQuery[];
  /** What looked like a query and could not be read as one. */
  readonly problems: readonly string[];
}

export interface DigestMail {
  readonly text: string;
  readonly html: string;
  readonly receivedAt: number;
  /** IANA name, for deadlines without one. */
  readonly zone: string;
}

/** Text that goes on over lines; the others end with their line. */
const LONG: ReadonlySet<Label> = new Set<Label>(['summary', 'query', 'requirements']);
const SEPARATOR = /^[-=*_–—~#]{5,}$/;
const END =
  /^\[?(?:back to (?:top|category|the top)|return to top|unsubscribe|view (?:this )?in (?:your )?browser|manage (?:your )?preferences|you(?: are|'re) receiving this)/i;

/** A block has to have so many labels to be a query at all: tables of contents have none. */
const LEAST_LABELS = 2;
const MOST_TEXT = 20_000;

/**
 * Reads the queries of a digest mail: numbered or ruled blocks of labels, in text or in HTML (HARO,
 * Source of Sources, Qwoted, SourceBottle and the like). An address counts only if it stands in the mail.
 *
 * @see marketing.md A22
 */
export function parseDigest(mail: DigestMail): ParsedDigest {
  const plain = readBlocks(linesOf(mail.text));
  const blocks =
    plain.length > 0 || mail.html === '' ? plain : readBlocks(linesOf(htmlToText(mail.html)));
  const queries: ParsedQuery[] = [];
  const problems: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const read = queryOf(block, mail);
    if (typeof read === 'string') problems.push(`Query ${index + 1}: ${read}`);
    else queries.push(read);
  }
  return { queries, problems };
}

interface Block {
  readonly first: Label;
  readonly parts: Map<Label, string[]>;
  /** The line above the first label, for layouts whose title has none. */
  readonly above: string;
}

function readBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let into: Label | undefined;
  let above = '';

  const begin = (label: Label) => {
    open = { first: label, parts: new Map(), above };
    blocks.push(open);
    return open;
  };

  for (const line of lines) {
    if (SEPARATOR.test(line) || END.test(line)) {
      [open, into, above] = [undefined, undefined, ''];
      continue;
    }
    const { label, value } = labelled(line);
    const isNew = label !== undefined && (!open || !open.parts.has(label) || label === open.first);
    if (label !== undefined && isNew) {
      const block = open && !open.parts.has(label) ? open : begin(label);
      block.parts.set(label, value === '' ? [] : [value]);
      into = label;
    } else if (!open) above = line === '' ? above : line;
    else if (into !== undefined) into = addLine(open, into, line);
  }
  return blocks.filter(({ parts }) => parts.size >= LEAST_LABELS);
}

/** Adds a line to the part it belongs to, and says which that is. */
function addLine({ parts }: Block, into: Label, line: string): Label {
  const part = parts.get(into) ?? [];
  if (LONG.has(into) && !(into === 'summary' && line === '')) part.push(line);
  else if (line === '') return into;
  else if (part.length === 0) part.push(line);
  else {
    // Loose text below the labels is the question, where it has no label of its own.
    const query = parts.get('query') ?? [];
    query.push(line);
    parts.set('query', query);
    return 'query';
  }
  return into;
}

const ADDRESS = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/;
const PAGE = /https?:\/\/[^\s<>"')\]]+/;

/** The query in a block, or why there is none. */
function queryOf({ parts, above }: Block, mail: DigestMail): ParsedQuery | string {
  const of = (label: Label) => (parts.get(label) ?? []).join('\n').trim().slice(0, MOST_TEXT);
  const line = (label: Label) => of(label).replaceAll(/\s+/g, ' ');
  const query = of('query');
  const summary = line('summary') || cleanTitle(above) || query.split(/(?<=[.?!])\s/)[0] || '';
  if (summary === '') return 'it asks nothing';
  const email = ADDRESS.exec(of('email'))?.[0] ?? '';
  const url = PAGE.exec(of('url'))?.[0] ?? PAGE.exec(of('email'))?.[0] ?? null;
  if (email === '' && url === null)
    return `"${shortened(summary)}" has no address to answer to${of('email') === '' ? '' : `: "${shortened(of('email'))}" is none`}`;
  const told = line('deadline');
  const deadline = told === '' ? undefined : parseDeadline(told, mail.receivedAt, mail.zone);
  return {
    summary: summary.slice(0, 500),
    query: query === '' ? summary : query,
    outlet: line('outlet').replace(/\s*[(<]https?:[^)>]*[)>]/, '') || null,
    journalist: line('journalist') || null,
    category: line('category') || null,
    requirements: of('requirements') || null,
    email,
    url,
    deadline: deadline?.at ?? null,
    doubts: [
      ...(told === '' ? ['It names no deadline'] : []),
      ...(told !== '' && !deadline
        ? [`The deadline "${shortened(told)}" cannot be read for sure`]
        : []),
      ...(deadline?.isZoneGuessed
        ? [`The deadline names no time zone; ${mail.zone} was taken`]
        : []),
    ],
  };
}

const cleanTitle = (line: string): string =>
  line.replace(/^(?:\d{1,4}\s*[).]\s*)?[*_#\s]*/, '').replace(/[*_\s]+$/, '');

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
