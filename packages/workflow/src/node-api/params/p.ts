import { collection, groups, list, oneOf } from './composites.ts';
import {
  boolean,
  color,
  dateTime,
  hidden,
  json,
  multiOptions,
  notice,
  number,
  options,
  string,
  text,
} from './scalars.ts';
import { assignments, filter, raw, resourceLocator, resourceMapper } from './special.ts';

/** The kinds of node parameters. Each says a parameter once: its wire form and its run-time type. */
export const p = {
  assignments,
  boolean,
  collection,
  color,
  dateTime,
  filter,
  groups,
  hidden,
  json,
  list,
  multiOptions,
  notice,
  number,
  oneOf,
  options,
  raw,
  resourceLocator,
  resourceMapper,
  string,
  text,
};
