import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export type Row = Readonly<Record<string, string>>;

/** The folder of measured data, read only. It stays where it is. */
export interface DataFolder {
  /** A number or text of REFERENCE.json. @throws when the path names none. */
  figure(path: string): number;
  list(path: string): readonly unknown[];
  bytes(file: string): Uint8Array;
  text(file: string): string;
  rows(file: string): Row[];
}

/** @throws when there is no REFERENCE.json in it. */
export function openDataFolder(folder: string): DataFolder {
  const file = join(folder, 'REFERENCE.json');
  if (!existsSync(file))
    throw new Error(`No REFERENCE.json in ${folder}. Name the folder by --data`);
  const reference: unknown = JSON.parse(readFileSync(file, 'utf8'));

  const at = (path: string): unknown =>
    path.split('/').reduce((value: unknown, key) => new Map(entriesOf(value)).get(key), reference);
  const bytes = (name: string) => {
    const stored = readFileSync(join(folder, name));
    return name.endsWith('.gz') ? gunzipSync(stored) : stored;
  };
  const text = (name: string) => new TextDecoder().decode(bytes(name));
  return {
    figure(path) {
      const value = at(path);
      if (typeof value === 'number') return value;
      throw new Error(`REFERENCE.json has no number at ${path}`);
    },
    list(path) {
      const value = at(path);
      if (Array.isArray(value)) return value;
      throw new Error(`REFERENCE.json has no list at ${path}`);
    },
    bytes,
    text,
    rows: (name) => parse(text(name), { columns: true, bom: true, relax_quotes: true }),
  };
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
