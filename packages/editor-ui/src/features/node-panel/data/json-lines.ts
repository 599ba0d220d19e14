/** One line of pretty JSON, and where its value stands. */
export interface JsonLine {
  readonly depth: number;
  readonly key: string | undefined;
  readonly text: string;
  readonly kind: 'string' | 'number' | 'word' | 'bracket';
  readonly path: readonly (string | number)[];
}

const MOST = 5_000;

/** A value as lines; long ones end with an ellipsis so that no item can stall the page. */
export function jsonLines(value: unknown): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  write(value, undefined, [], '');

  function write(
    each: unknown,
    key: string | undefined,
    path: readonly (string | number)[],
    end: string,
  ) {
    if (lines.length > MOST) return;
    const depth = path.length;
    if (typeof each !== 'object' || each === null) {
      lines.push({
        depth,
        key,
        text: (JSON.stringify(each) ?? 'undefined') + end,
        kind: kindOf(each),
        path,
      });
      return;
    }
    const isList = Array.isArray(each);
    const entries = isList
      ? each.map((inner, index) => [index, inner] as const)
      : Object.entries(each);
    const [open, close] = isList ? '[]' : '{}';
    if (entries.length === 0) {
      lines.push({ depth, key, text: `${open}${close}${end}`, kind: 'bracket', path });
      return;
    }
    lines.push({ depth, key, text: `${open}`, kind: 'bracket', path });
    for (const [position, [name, inner]] of entries.entries()) {
      write(
        inner,
        isList ? undefined : String(name),
        [...path, name],
        position < entries.length - 1 ? ',' : '',
      );
    }
    lines.push({ depth, key: undefined, text: `${close}${end}`, kind: 'bracket', path });
  }

  return lines.length > MOST
    ? [...lines, { depth: 0, key: undefined, text: '…', kind: 'word', path: [] }]
    : lines;
}

function kindOf(value: unknown): JsonLine['kind'] {
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' ? 'number' : 'word';
}
