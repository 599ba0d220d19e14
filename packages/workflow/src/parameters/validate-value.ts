import { NodeError } from '../errors/index.ts';
import { isPlainObject } from '../graph/plain-object.ts';
import type { Property } from '../node-api/index.ts';
import { coerce, isFieldType } from './coerce.ts';

interface Where {
  readonly node: string;
  readonly itemIndex: number;
  /** IANA zone for dates that name none. */
  readonly timezone: string;
}

/** Whether values of a property, or of its members, are made to fit a type when they are read. */
export const isValidated = (property: Property): boolean =>
  hasType(property) || (property.type === 'collection' && membersOf(property).some(hasType));

/**
 * A resolved value as the type its property declares (`validateType`, n8n-facts C5.6); members of a collection
 * by their own.
 *
 * @throws {NodeError} that names the parameter, the type and the value.
 */
export function validateValue(property: Property, value: unknown, where: Where): unknown {
  if (hasType(property)) return fitted(property, value, where);
  if (property.type !== 'collection' || !isPlainObject(value)) return value;
  const typed = membersOf(property).filter(
    (member) => hasType(member) && Object.hasOwn(value, member.name),
  );
  if (typed.length === 0) return value;
  const changed = typed.map((member) => [member.name, fitted(member, value[member.name], where)]);
  return { ...value, ...Object.fromEntries(changed) };
}

const hasType = ({ validateType, ignoreValidationDuringExecution }: Property): boolean =>
  validateType !== undefined && ignoreValidationDuringExecution !== true;

const membersOf = ({ options = [] }: Property): readonly Property[] =>
  options.filter((option): option is Property => 'type' in option && 'default' in option);

function fitted(property: Property, value: unknown, where: Where): unknown {
  const { displayName, validateType } = property;
  if (!isFieldType(validateType) || value === '') return value;
  const choices = (property.options ?? []).flatMap((each) => ('value' in each ? [each.value] : []));
  const { timezone, node, itemIndex } = where;
  const made = coerce(value, validateType, { timezone, ...(choices.length > 0 && { choices }) });
  if (made.ok) return made.value;
  throw new NodeError(
    `Invalid input for '${displayName}' [item ${itemIndex}]`,
    {
      node,
      itemIndex,
      description: `'${displayName}' expects a ${validateType} but we got ${JSON.stringify(value)}`,
    },
    { fix: `Give "${displayName}" a ${validateType}` },
  );
}
