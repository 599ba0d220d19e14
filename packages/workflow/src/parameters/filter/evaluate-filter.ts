import { isPlainObject } from '../../graph/plain-object.ts';
import { holds } from './compare.ts';
import { FilterError } from './filter.error.ts';
import { readOperand, typeName, type OperandType } from './operand.ts';

export interface FilterOptions {
  /** For messages. */
  readonly itemIndex?: number;
  /** IANA zone for dates that name none. */
  readonly timezone?: string;
  /** Told of operations nobody knows; they are false. */
  warn?(message: string): void;
}

/**
 * The verdict of a filter value whose expressions are resolved (n8n-facts C8).
 *
 * Stops at the first condition that decides: a type error in a later one is not raised.
 *
 * @throws {FilterError} when a side has the wrong type.
 */
export function evaluateFilter(filter: unknown, options: FilterOptions = {}): boolean {
  if (!isPlainObject(filter) || !Array.isArray(filter.conditions)) return true;
  const conditions: readonly unknown[] = filter.conditions;
  const settings = isPlainObject(filter.options) ? filter.options : {};
  const test = (condition: unknown, index: number) =>
    evaluateCondition(condition, index, settings, options);
  return filter.combinator === 'or' ? conditions.some(test) : conditions.every(test);
}

function evaluateCondition(
  condition: unknown,
  index: number,
  settings: Readonly<Record<string, unknown>>,
  options: FilterOptions,
): boolean {
  if (!isPlainObject(condition) || !isPlainObject(condition.operator)) return false;
  const { operator } = condition;
  const operation = String(operator.operation);
  const type = operandType(operator.type);
  const reading = {
    isStrict: settings.typeValidation !== 'loose',
    version: typeof settings.version === 'number' ? settings.version : 1,
    ...(options.timezone !== undefined && { timezone: options.timezone }),
  };

  const read = (value: unknown, wanted: OperandType, side: 'first' | 'second') => {
    const operand = readOperand(value, wanted, reading);
    if (operand.ok) return operand.value;
    throw wrongType(value, wanted, side, reading.isStrict, {
      condition: index,
      item: options.itemIndex ?? 0,
    });
  };
  const left = read(condition.leftValue, type, 'first');
  const right = operator.singleValue
    ? undefined
    : read(condition.rightValue, rightType(type, operation, operator.rightType), 'second');

  const verdict = holds({
    type,
    operation,
    left,
    right,
    ignoreCase: settings.caseSensitive === false,
  });
  if (verdict === undefined) options.warn?.(`Unknown filter operation "${type}:${operation}"`);
  return verdict ?? false;
}

const TYPES: readonly OperandType[] = [
  'string',
  'number',
  'dateTime',
  'boolean',
  'array',
  'object',
];

const operandType = (type: unknown): OperandType => TYPES.find((each) => each === type) ?? 'any';

const SINGLE = new Set(['exists', 'notExists', 'empty', 'notEmpty', 'true', 'false']);

function rightType(type: OperandType, operation: string, declared: unknown): OperandType {
  if (SINGLE.has(operation)) return 'any';
  if (declared !== undefined) return operandType(declared);
  if (type !== 'array') return type;
  return operation.startsWith('length') ? 'number' : 'any';
}

function wrongType(
  value: unknown,
  wanted: OperandType,
  side: 'first' | 'second',
  isStrict: boolean,
  where: { readonly condition: number; readonly item: number },
): FilterError {
  const is = typeName(value);
  const shown = String(value);
  if (!isStrict) {
    const message = `Conversion error: the ${is} '${shown}' can't be converted to ${withArticle(wanted)}`;
    return new FilterError(message, {
      ...where,
      description: 'Try changing the type of the comparison.',
    });
  }
  const message = `Wrong type: '${shown}' is ${withArticle(is)} but was expecting ${withArticle(wanted)}`;
  return new FilterError(message, {
    ...where,
    description: `Convert the ${side} field to ${withArticle(wanted)}, or enable 'Convert types where required'`,
  });
}

const withArticle = (name: string) => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
