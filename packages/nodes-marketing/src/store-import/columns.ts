import { toNumber } from '../keyword-import/export-format.ts';

/** A row of a file, cell by cell. */
export type Cells = readonly string[];
/** Reads one thing of a row; `undefined` where the cell is empty or says nothing. */
export type Read<Value> = (cells: Cells) => Value | undefined;

/** The columns of a file, found by any of the names exports give them; case does not matter. */
export interface Columns {
  readonly names: readonly string[];
  has(...names: readonly string[]): boolean;
  text(...names: readonly string[]): Read<string>;
  number(...names: readonly string[]): Read<number>;
  /** `2026-11-21` */
  day(...names: readonly string[]): Read<string>;
  /** ms since the epoch. */
  time(...names: readonly string[]): Read<number>;
  /** `true`, `yes`, `1`. */
  truth(...names: readonly string[]): Read<boolean>;
}

export function columnsOf(header: Cells): Columns {
  const names = header.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  const find = (wanted: readonly string[]) => {
    const name = wanted.find((each) => names.includes(each));
    return name === undefined ? -1 : names.indexOf(name);
  };
  const reading =
    <Value>(read: (text: string) => Value | undefined) =>
    (...wanted: readonly string[]): Read<Value> => {
      const at = find(wanted);
      return (cells) => {
        const text = cells[at]?.trim();
        return text ? read(text) : undefined;
      };
    };
  return {
    names,
    has: (...wanted) => find(wanted) !== -1,
    text: reading((text) => text),
    number: reading(toNumber),
    day: reading(readDay),
    time: reading((text) => {
      const day = readDay(text);
      return day === undefined ? undefined : Date.parse(TIMED.test(text) ? text : day);
    }),
    truth: reading((text) => ['true', 'yes', '1', 'y'].includes(text.toLowerCase())),
  };
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})/;
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const TIMED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/;
const NAMED_MONTH = /[a-z]{3}/i;

/** ISO, `20261121`, or a date that names its month. `03/04/2026` could be two days and is neither. */
export function readDay(text: string): string | undefined {
  const [, year, month, day] = ISO_DAY.exec(text) ?? COMPACT_DAY.exec(text) ?? [];
  const written = year
    ? `${year}-${month}-${day}`
    : NAMED_MONTH.test(text)
      ? localDay(Date.parse(text))
      : undefined;
  return written !== undefined && !Number.isNaN(Date.parse(written)) ? written : undefined;
}

/** `Nov 21, 2026` is parsed as a local day, so it is read back as one. */
function localDay(time: number): string | undefined {
  if (Number.isNaN(time)) return undefined;
  const date = new Date(time);
  const padded = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`;
}
