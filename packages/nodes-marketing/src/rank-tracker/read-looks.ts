import { registrableDomain } from '../backlinks/registrable-domain.ts';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';

/** One look at the rank of a keyword on one day. */
export interface KeywordLook {
  readonly keyword: string;
  /** `2026-11-21` */
  readonly day: string;
  readonly state: 'found' | 'notFound' | 'failed';
  readonly position: number | null;
  /** Null where it is not a page of ours. */
  readonly url: string | null;
}

type Json = Readonly<Record<string, unknown>>;

const STATES = ['found', 'notFound', 'failed'] as const;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads items as looks. Position 0 is how scrapers say that they failed, and `>100` or −1 that nothing was
 * found; an item with an `error` failed whatever else it says.
 *
 * @param ownDomain - Registrable domain; empty: every page is taken for ours.
 * @throws {InputError} naming the item and the field.
 */
export function readLooks(
  rows: readonly Json[],
  { today, ownDomain }: { readonly today: string; readonly ownDomain: string },
): KeywordLook[] {
  return rows.map((row, index) => {
    const field = itemFields(row, index);
    const keyword = field.need('keyword', 'query', 'text');
    const look = stateOf(row, index);
    const url = field.text('url', 'page') ?? null;
    const isOurs = ownDomain === '' || (url !== null && registrableDomain(url) === ownDomain);
    return {
      keyword,
      day: dayOf(field.text('day', 'date'), today, index),
      ...look,
      url: look.state === 'found' && isOurs ? url : null,
    };
  });
}

function stateOf(row: Json, index: number): Pick<KeywordLook, 'state' | 'position'> {
  const field = itemFields(row, index);
  const told = field.text('state');
  const state = STATES.find((each) => each === told);
  if (told !== undefined && !state)
    throw new InputError(
      `Item ${index}: "state" is "${told}"`,
      'Give "found", "notFound" or "failed", or leave it out',
    );
  const written = field.text('position', 'rank') ?? '';
  if (state === 'failed' || field.text('error') !== undefined)
    return { state: 'failed', position: null };
  if (state === 'notFound' || written.startsWith('>')) return { state: 'notFound', position: null };
  const position = field.number('position', 'rank');
  if (position === undefined && state === undefined)
    throw new InputError(
      `Item ${index} has no "position"`,
      'Give the position, ">100" for not found, or the state "notFound" or "failed": a look without a result is not a rank',
    );
  if (position === undefined || position === 0) return { state: 'failed', position: null };
  if (position < 0) return { state: 'notFound', position: null };
  if (position < 1)
    throw new InputError(`Item ${index}: "position" is ${position}`, 'Give 1 for the first place');
  return { state: 'found', position };
}

function dayOf(told: string | undefined, today: string, index: number): string {
  if (told === undefined) return today;
  const day = told.slice(0, 10);
  if (DAY.test(day) && Number.isFinite(Date.parse(day))) return day;
  throw new InputError(
    `Item ${index}: "day" is "${told}", which is no day`,
    'Write it as 2026-11-21',
  );
}
