import { statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { DatabaseLocation } from '../db/open-database.ts';
import type { S3Location } from '../runtime/binary/s3-blobs.ts';
import type { EgressMapping } from './config.ts';
import { ConfigError } from './config.error.ts';

/** A whole number within bounds. */
export const whole =
  (min: number, max: number) =>
  (value: string, variable: string): number => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new ConfigError(variable, value, `a whole number from ${min} to ${max}`);
    return number;
  };

/** A folder that is there and does not hold `home`, where the key is. */
export const folderWithout =
  (home: string) =>
  (value: string, variable: string): string => {
    const path = resolve(value);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const isAround = (home + sep).startsWith(path.endsWith(sep) ? path : path + sep);
    if (!isFolder || isAround)
      throw new ConfigError(
        variable,
        value,
        'a folder that is there and does not hold MILLRACE_HOME',
      );
    return path;
  };

/** One of a few words. */
export const oneOf =
  <const W extends string>(words: readonly W[]) =>
  (value: string, variable: string): W => {
    const word = words.find((each) => each === value);
    if (word === undefined)
      throw new ConfigError(variable, value, words.map((each) => `"${each}"`).join(' or '));
    return word;
  };

/** An http or https address, without a slash at its end. */
export function httpUrl(value: string, variable: string): string {
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new ConfigError(variable, value, 'an address such as https://flows.example.com');
  return url.href.replace(/\/+$/, '');
}

/** `sqlite:PATH` or `postgres://…`. */
export function database(value: string, variable: string): DatabaseLocation {
  if (/^sqlite:./.test(value)) {
    const path = value.slice('sqlite:'.length);
    return { kind: 'sqlite', path: path === ':memory:' ? path : resolve(path) };
  }
  if (/^postgres(ql)?:\/\/./.test(value) && URL.canParse(value))
    return { kind: 'postgres', url: value };
  throw new ConfigError(
    variable,
    withoutPassword(value),
    'sqlite:PATH or postgres://USER@HOST:PORT/NAME',
  );
}

/** `filesystem`, or `s3://bucket/prefix` with `?region=…&endpoint=…`. */
export function binaryStore(value: string, variable: string): S3Location | undefined {
  if (value === 'filesystem') return undefined;
  const url = URL.parse(value);
  const endpoint = url?.searchParams.get('endpoint') ?? undefined;
  if (url?.protocol !== 's3:' || !url.hostname || (endpoint && !URL.canParse(endpoint)))
    throw new ConfigError(
      variable,
      value,
      '"filesystem", or s3://BUCKET/PREFIX?region=REGION&endpoint=https://…',
    );
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  return {
    bucket: url.hostname,
    prefix: prefix && `${prefix}/`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    endpoint,
  };
}

/** An IANA time zone. */
export function timezone(value: string, variable: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw new ConfigError(variable, value, 'a time zone such as Europe/Berlin');
  }
}

/** Hosts, addresses or CIDRs, with commas between. */
export function hostList(value: string, variable: string): string[] {
  const hosts = value
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean);
  if (hosts.some((each) => !/^[\w.:*[\]-]+(\/\d{1,3})?$/.test(each)))
    throw new ConfigError(variable, value, 'hosts or CIDRs such as db.local,10.0.0.0/8');
  return hosts;
}

/** `host=http://127.0.0.1:port`, with commas between. */
export function egressMap(value: string, variable: string): EgressMapping[] {
  return value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      const target = URL.parse(pair.slice(at + 1));
      if (at < 1 || target?.protocol !== 'http:')
        throw new ConfigError(
          variable,
          value,
          'pairs such as api.example.com=http://127.0.0.1:9000',
        );
      return { host: pair.slice(0, at).toLowerCase(), target: target.origin };
    });
}

const withoutPassword = (url: string) => url.replace(/:[^:@/]+@/, ':***@');
