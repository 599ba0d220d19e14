/** One figure of REFERENCE.json beside what our functions give on the same data. */
export interface Figure {
  /** Where it stands there, such as `cookie_cats.retention_1.z`. */
  readonly name: string;
  readonly ours: number | string;
  readonly reference: number | string;
  /** What is allowed between the two, in words. */
  readonly tolerance: string;
  readonly ok: boolean;
}

/** Ours has to lie within `within` of the reference. */
export const near = (name: string, ours: number, reference: number, within: number): Figure => ({
  name,
  ours,
  reference,
  tolerance: `± ${within}`,
  ok: Math.abs(ours - reference) <= within,
});

/** Ours has to be the reference. */
export const same = (name: string, ours: number | string, reference: number | string): Figure => ({
  name,
  ours,
  reference,
  tolerance: 'exact',
  ok: ours === reference,
});

/** Ours has to be the reference or more. */
export const atLeast = (name: string, ours: number, reference: number): Figure => ({
  name,
  ours,
  reference,
  tolerance: '≥',
  ok: ours >= reference,
});

/** Ours has to be the reference or less. */
export const atMost = (name: string, ours: number, reference: number): Figure => ({
  name,
  ours,
  reference,
  tolerance: '≤',
  ok: ours <= reference,
});
