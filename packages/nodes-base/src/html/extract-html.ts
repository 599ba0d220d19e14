import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { load, type CheerioAPI } from 'cheerio';
import { getField } from '../fields/field-path.ts';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { optionsOf } from '../items/for-each-item.ts';
import { readableText } from './readable-text.ts';

type Matches = ReturnType<CheerioAPI>;

interface TextStyle {
  /** Text as a person reads it, not as the tags hold it (from version 1.1). */
  readonly isReadable: boolean;
  readonly isTrimmed: boolean;
  readonly isCleaned: boolean;
}

/** What the rows of `extractionValues` find in the item's HTML; a list of HTML texts gives several items. */
export async function extractHtml(
  context: ExecuteContext,
  item: Item,
  index: number,
): Promise<readonly Item[]> {
  const options = optionsOf(context, index);
  const isReadable = context.node.typeVersion > 1;
  const style = {
    isReadable,
    isTrimmed: options.trimValues !== false,
    isCleaned: isReadable && options.cleanUpText !== false,
  };
  const rows = context.param<readonly JsonObject[]>('extractionValues.values', index, {
    fallback: [],
  });
  const pages = await sourceHtml(context, item, index);
  return pages.map((page) => {
    const $ = load(page);
    const found = rows.map((row) => [String(row.key ?? ''), extracted($, row, style)] as const);
    return { json: Object.fromEntries(found) };
  });
}

async function sourceHtml(
  context: ExecuteContext,
  item: Item,
  index: number,
): Promise<readonly string[]> {
  const name = String(context.param('dataPropertyName', index));
  if (context.param('sourceData', index) === 'binary') {
    const bytes = await bytesOf(context, inputFile(context, name, index));
    return [new TextDecoder().decode(bytes)];
  }
  const value = getField(item.json, name);
  if (value === undefined) {
    throw new NodeError(
      `No property named "${name}" exists!`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Name the field that holds the HTML' },
    );
  }
  return [value].flat().map(String);
}

function extracted($: CheerioAPI, row: JsonObject, style: TextStyle): unknown {
  const matches = $(String(row.cssSelector ?? ''));
  const value = (match: Matches) => tidy(valueOf(match, row, style), style);
  if (row.returnArray !== true) return value(matches);
  return matches.toArray().map((element) => value($(element)) ?? null);
}

function valueOf(matches: Matches, row: JsonObject, { isReadable }: TextStyle): unknown {
  switch (row.returnValue) {
    case 'attribute':
      return matches.attr(String(row.attribute ?? ''));
    case 'html':
      return matches.html();
    case 'value':
      return matches.val();
    default:
      return isReadable ? textOf(matches, row) : matches.text();
  }
}

function textOf(matches: Matches, row: JsonObject): string {
  const first = matches.first().clone();
  const skipped = String(row.skipSelectors ?? '').trim();
  if (skipped) first.find(skipped).remove();
  return readableText(first.contents().toArray());
}

function tidy(value: unknown, { isTrimmed, isCleaned }: TextStyle): unknown {
  if (Array.isArray(value))
    return value.map((each) => tidy(each, { isReadable: false, isTrimmed, isCleaned }));
  if (typeof value !== 'string') return value;
  const text = isTrimmed || isCleaned ? value.trim() : value;
  return isCleaned ? text.replaceAll(/[\r\n]+/g, '').replaceAll(/\s+/g, ' ') : text;
}
