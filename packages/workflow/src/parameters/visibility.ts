import type { DisplayOptions, Property } from '../node-api/index.ts';
import { matchesCondition } from './condition.ts';
import { getByPath } from './path.ts';

type Values = Readonly<Record<string, unknown>>;

/** What decides whether something is shown: `displayOptions` of a property, a choice or a credential. */
export type Showable =
  Pick<Property, 'displayOptions'> | { readonly displayOptions?: DisplayOptions };

/**
 * Whether a parameter is shown (n8n-facts C6). All keys of `show` must match, none of `hide` may.
 *
 * @param property - Property, choice, or credential use.
 * @param values - The parameter's siblings: the object it stands in.
 * @param root - All parameters of the node, for `/root.path` keys.
 * @param version - The node's `typeVersion`, for `@version`.
 */
export function isVisible(
  property: Showable,
  values: Values,
  root: Values = values,
  version = 1,
): boolean {
  const { show, hide } = property.displayOptions ?? {};
  const actual = (key: string) => actualValues(key, values, root, version);

  if (show) {
    for (const [key, accepted] of Object.entries(show)) {
      const found = actual(key);
      if (found.some(isExpression)) continue;
      if (!matches(found, accepted)) return false;
    }
  }
  if (hide) {
    for (const [key, refused] of Object.entries(hide)) {
      const found = actual(key);
      if (found.length > 0 && !found.some(isExpression) && matches(found, refused)) return false;
    }
  }
  return true;
}

function actualValues(key: string, values: Values, root: Values, version: number): unknown[] {
  if (key === '@version') return [version];
  // Workflows run nodes as nodes, never as tools of a model.
  if (key === '@tool') return [false];
  if (key.startsWith('@')) return [];
  const value = key.startsWith('/') ? getByPath(root, key.slice(1)) : getByPath(values, key);
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [unwrapLocator(value)];
}

function unwrapLocator(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('__rl' in value)) return value;
  return 'value' in value ? value.value : undefined;
}

function matches(found: readonly unknown[], accepted: readonly unknown[]): boolean {
  return accepted.some((wanted) => {
    const condition = conditionOf(wanted);
    if (condition) return matchesCondition(condition, found);
    return found.includes(wanted);
  });
}

function conditionOf(wanted: unknown): Values | undefined {
  if (typeof wanted !== 'object' || wanted === null || !('_cnd' in wanted)) return undefined;
  const { _cnd: condition } = wanted;
  return typeof condition === 'object' && condition !== null ? { ...condition } : undefined;
}

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
