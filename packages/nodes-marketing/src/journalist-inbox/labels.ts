/** What a line of a query says. */
export type Label =
  | 'summary'
  | 'journalist'
  | 'category'
  | 'email'
  | 'outlet'
  | 'deadline'
  | 'query'
  | 'requirements'
  | 'url';

const LABELS: Readonly<Record<string, Label>> = {
  ...called('summary', [
    'summary',
    'title',
    'query title',
    'request title',
    'headline',
    'topic',
    'subject',
  ]),
  ...called('journalist', [
    'name',
    'journalist',
    'reporter',
    'journalist name',
    'contact name',
    'writer',
    'source request by',
  ]),
  ...called('category', ['category', 'categories', 'industry', 'beat']),
  ...called('email', [
    'email',
    'e-mail',
    'reply to',
    'reply',
    'respond to',
    'contact',
    'contact email',
    'send pitches to',
  ]),
  ...called('outlet', [
    'media outlet',
    'outlet',
    'publication',
    'media',
    'media outlet/publication',
    'publisher',
  ]),
  ...called('deadline', ['deadline', 'due', 'due date', 'respond by', 'closing date', 'expires']),
  ...called('query', [
    'query',
    'question',
    'questions',
    'details',
    'description',
    'request',
    'full query',
  ]),
  ...called('requirements', [
    'requirements',
    'requirement',
    'looking for',
    'criteria',
    'source requirements',
  ]),
  ...called('url', [
    'link',
    'pitch',
    'pitch here',
    'answer here',
    'respond here',
    'view request',
    'apply',
    'url',
  ]),
};

function called(label: Label, names: readonly string[]): Record<string, Label> {
  return Object.fromEntries(names.map((name) => [name, label]));
}

const NUMBER = /^\d{1,4}\s?[).:]/;
const LONGEST_LABEL = 60;

/** `3) **Media Outlet:** Daily` is the outlet "Daily". */
export function labelled(line: string): {
  readonly label: Label | undefined;
  readonly value: string;
} {
  const colon = line.slice(0, LONGEST_LABEL).indexOf(':');
  if (colon === -1) return { label: undefined, value: '' };
  const name = line.slice(0, colon).replace(NUMBER, '').replaceAll(/[*_#]/g, '').trim();
  const value = line
    .slice(colon + 1)
    .replace(/^[*_]+/, '')
    .trim();
  return { label: LABELS[name.toLowerCase()], value };
}
