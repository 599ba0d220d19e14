import type { NodeDescription, PropertyChoice } from '@millrace/workflow/node-api';
import type { JsonObject } from '@millrace/workflow/items';

/** One line of the creator: a node, or a node set to do one thing. */
export interface Entry {
  readonly id: string;
  readonly description: NodeDescription;
  readonly title: string;
  readonly detail: string;
  /** Parameters the new node begins with. */
  readonly parameters: JsonObject;
  readonly isAction: boolean;
}

/** A node and each action it offers, such as "Send a message". */
export function entriesOf(description: NodeDescription): readonly Entry[] {
  const node: Entry = {
    id: description.name,
    description,
    title: description.displayName,
    detail: description.description ?? '',
    parameters: {},
    isAction: false,
  };
  return [node, ...actionsOf(description)];
}

function actionsOf(description: NodeDescription): readonly Entry[] {
  return description.properties
    .filter(({ name, type }) => type === 'options' && (name === 'operation' || name === 'event'))
    .flatMap((property) => {
      const [resource] = property.displayOptions?.show?.['resource'] ?? [];
      const choices = (property.options ?? []).filter(
        (each): each is PropertyChoice => 'value' in each,
      );
      return choices
        .filter(({ action }) => action)
        .map((choice) => ({
          id: `${description.name}/${String(resource ?? '')}/${property.name}/${String(choice.value)}`,
          description,
          title: choice.action ?? choice.name,
          detail: description.displayName,
          parameters: {
            ...(resource !== undefined && { resource }),
            [property.name]: choice.value,
          },
          isAction: true,
        }));
    });
}

/**
 * The entries that match all words of the query, best first.
 *
 * Words match as a start of a word, anywhere, or letter by letter in order ("htp" finds HTTP). Aliases count
 * nearly as much as the title.
 */
export function search(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.filter(({ isAction }) => !isAction);
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.entry.title.localeCompare(b.entry.title))
    .map(({ entry }) => entry);
}

function scoreOf(entry: Entry, words: readonly string[]): number {
  const { description, title, detail, isAction } = entry;
  const fields: readonly (readonly [string, number])[] = [
    [title, isAction ? 0.9 : 1],
    [description.displayName, 0.9],
    [(description.codex?.alias ?? []).join(' '), isAction ? 0.3 : 0.8],
    [detail, 0.3],
  ];
  const scores = words.map((word) =>
    Math.max(...fields.map(([text, weight]) => weight * match(text.toLowerCase(), word))),
  );
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function match(text: string, word: string): number {
  if (text === word) return 10;
  if (text.startsWith(word)) return 8;
  if (text.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(word))) return 6;
  if (text.includes(word)) return 3;
  return word.length > 2 && isSubsequence(text, word) ? 1 : 0;
}

/** All letters in order, close together: a slip of the finger, not any text. */
function isSubsequence(text: string, word: string): boolean {
  let from = -1;
  let first = -1;
  for (const letter of word) {
    from = text.indexOf(letter, from + 1);
    if (from < 0) return false;
    if (first < 0) first = from;
  }
  return from - first < word.length * 2;
}
