/** Whether an address stands below `/webhook` or below `/form`. */
export type AddressKind = 'webhook' | 'form';

export interface Addressed {
  readonly kind: AddressKind;
  readonly method: string;
  /** Without slashes at its ends; segments such as `:id` are parameters. */
  readonly path: string;
}

export interface PathMatch<T> {
  readonly entry: T;
  readonly params: Readonly<Record<string, string>>;
}

/** Addresses by what is asked for. A fixed path goes before one with parameters. */
export interface PathIndex<T> {
  find(asked: Addressed): PathMatch<T> | undefined;
  /** Methods somebody answers at this path. */
  methodsAt(kind: AddressKind, path: string): string[];
}

export function createPathIndex<T extends Addressed>(entries: readonly T[]): PathIndex<T> {
  const hasParams = ({ path }: Addressed) => /(^|\/):/.test(path);
  const fixed = new Map(
    entries.filter((entry) => !hasParams(entry)).map((entry) => [keyOf(entry), entry]),
  );
  const dynamic = entries
    .filter(hasParams)
    .map((entry) => ({ entry, segments: entry.path.split('/') }))
    .toSorted((a, b) => literals(b.segments) - literals(a.segments));

  return {
    find(asked) {
      const exact = fixed.get(keyOf(asked));
      if (exact) return { entry: exact, params: {} };
      if (!dynamic.length) return undefined;
      const given = asked.path.split('/');
      const best = dynamic.find(
        ({ entry, segments }) =>
          entry.kind === asked.kind && entry.method === asked.method && fits(segments, given),
      );
      return best && { entry: best.entry, params: paramsOf(best.segments, given) };
    },
    methodsAt(kind, path) {
      const given = path.split('/');
      const there = [
        ...[...fixed.values()].filter((entry) => entry.path === path),
        ...dynamic.filter(({ segments }) => fits(segments, given)).map(({ entry }) => entry),
      ].filter((entry) => entry.kind === kind);
      return [...new Set(there.map(({ method }) => method))].toSorted();
    },
  };
}

const keyOf = ({ kind, method, path }: Addressed) => `${kind} ${method} ${path}`;

const fits = (segments: readonly string[], given: readonly string[]) =>
  segments.length === given.length &&
  segments.every((segment, index) => segment.startsWith(':') || segment === given[index]);

const literals = (segments: readonly string[]) =>
  segments.filter((segment) => !segment.startsWith(':')).length;

function paramsOf(segments: readonly string[], given: readonly string[]) {
  const params: Record<string, string> = Object.create(null);
  for (const [index, segment] of segments.entries())
    if (segment.startsWith(':')) params[segment.slice(1)] = given[index] ?? '';
  return { ...params };
}
