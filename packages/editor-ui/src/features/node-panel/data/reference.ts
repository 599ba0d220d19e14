/**
 * The expression for a field of an item: `$json.user.name`, or `$('Node').item.json["a b"]`.
 *
 * @param node - Absent when the data comes straight in.
 */
export function referenceTo(path: readonly (string | number)[], node?: string): string {
  const root = node === undefined ? '$json' : `$(${quote(node)}).item.json`;
  return root + path.map(step).join('');
}

const step = (part: string | number): string => {
  if (typeof part === 'number') return `[${part}]`;
  return /^[A-Za-z_$][\w$]*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
};

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
