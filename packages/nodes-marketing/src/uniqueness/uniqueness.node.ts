import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { itemFields } from '../item-fields/item-fields.ts';
import { within } from '../item-fields/within.ts';
import { copyOfHash, createCopyFinder, type Copy } from './copies.ts';
import { printOf, type Print } from './fingerprint-item.ts';
import { addLibrary, guardPrint } from './stored-prints.ts';
import { uniquenessIcon } from './uniqueness.icon.ts';
import { uniquenessParams as params } from './uniqueness.params.ts';

type Given = Values<typeof params>;

const DAY_MS = 86_400_000;

/** Keeps copies from going out. */
export default defineNode({
  name: 'millrace-nodes-marketing.uniqueness',
  label: 'Uniqueness',
  description: 'Knows texts and pictures again, and keeps copies from going out',
  version: 1,
  group: ['marketing'],
  icon: uniquenessIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Content'],
    alias: ['fingerprint', 'duplicate', 'plagiarism', 'simhash', 'phash', 'cross-post'],
  },
  outputs: ['main', 'main'],
  outputNames: ['New', 'Copies'],
  params,
  async execute(context) {
    if (context.items().length === 0) return [[], []];
    const given = decodeParams(params, readParams(params, context, 0));
    const prints: Print[] = [];
    for (const [index, item] of context.items().entries()) {
      context.signal.throwIfAborted();
      const fields = { kind: given.kind, text: given.textField ?? '', file: given.fileField ?? '' };
      prints.push(await printOf(context, item, index, fields));
    }
    if (given.operation === 'hash') return [prints.map((_, at) => itemOf(context, prints, at)), []];
    const copies =
      given.operation === 'compare'
        ? compare(context, given, prints)
        : await guard(context, given, prints);
    const items = copies.map((copy, index) => itemOf(context, prints, index, { copy }));
    return [items.filter((_, index) => !copies[index]), items.filter((_, index) => copies[index])];
  },
});

/** What each piece is called; by its place where it has no name. */
const namesOf = (context: ExecuteContext, field: string, unnamed: string): string[] =>
  context
    .items()
    .map(({ json }, index) => itemFields(json, index).text(field) ?? `${unnamed}${index}`);

function compare(
  context: ExecuteContext,
  given: Given,
  prints: readonly Print[],
): (Copy | undefined)[] {
  const names = namesOf(context, given.nameField ?? 'id', 'item ');
  if (given.kind === 'image')
    return prints.map((print, index) => {
      const earlier = prints.slice(0, index).flatMap(({ hash }, other) => {
        const copy = copyOfHash(print, { piece: names[other] ?? '', hash });
        return copy ? [copy] : [];
      });
      return earlier.toSorted((a, b) => b.share - a.share)[0];
    });
  const finder = createCopyFinder(prints.map(textOf));
  for (const [index, print] of prints.entries())
    finder.add({ name: names[index] ?? '', text: textOf(print) ?? '' }, (place) => place > index);
  const least = leastShareOf(given);
  return prints.map((_, index) => finder.closest(index, least));
}

async function guard(
  context: ExecuteContext,
  given: Given,
  prints: readonly Print[],
): Promise<(Copy | undefined)[]> {
  const { tables } = context;
  const now = context.now();
  const least = leastShareOf(given);
  const days = within('Days', given.days ?? 365, { min: 1 });
  // By run and place: no two pieces without a name are taken for one.
  const names = namesOf(context, given.nameField ?? 'id', `${context.idempotencyKey}:`);
  const finder = createCopyFinder(prints.map(textOf));
  if (given.library) await addLibrary(tables, finder, names);
  const copies: (Copy | undefined)[] = [];
  for (const [index, print] of prints.entries()) {
    context.signal.throwIfAborted();
    const taken = finder.closest(index, least);
    const outgoing = { piece: names[index] ?? '', channel: given.channel ?? '', print };
    const rule = {
      since: now - days * DAY_MS,
      scope: given.scope ?? 'anywhere',
      isRemembered: given.remember ?? false,
      now,
    };
    const copy = taken ?? (await guardPrint(tables, outgoing, rule));
    copies.push(copy);
    // Within the batch too, a later piece may be made of an earlier one.
    if (!copy && print.kind === 'text')
      finder.add({ name: outgoing.piece, text: print.text }, (place) => place > index);
  }
  return copies;
}

const leastShareOf = ({ leastShare }: Given): number =>
  within('Copied From', leastShare ?? 0.25, { min: 0.01, max: 1 });

const textOf = (print: Print): string | undefined =>
  print.kind === 'text' ? print.text : undefined;

function itemOf(
  context: ExecuteContext,
  prints: readonly Print[],
  index: number,
  compared?: { readonly copy: Copy | undefined },
): Item {
  const item = context.items()[index];
  const { kind, hash } = prints[index] ?? { kind: 'text', hash: '' };
  const verdict = compared && {
    isCopy: compared.copy !== undefined,
    copyOf: compared.copy?.of ?? null,
    share: compared.copy?.share ?? null,
    explain: compared.copy?.explain ?? 'Nothing like it was found',
  };
  return {
    json: { ...item?.json, fingerprint: { kind, hash, ...verdict } },
    ...(item?.binary && { binary: item.binary }),
    pairedItem: { item: index },
  };
}
