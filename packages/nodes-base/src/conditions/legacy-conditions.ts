import type { JsonObject } from '@millrace/workflow/items';
import { p, type ExecuteContext, type Param } from '@millrace/workflow/node-api';
import { legacyHolds } from './legacy-condition.ts';
import {
  defaultOperation,
  emptyValue,
  legacyOperations,
  type LegacyType,
} from './legacy-operations.ts';

const types = ['boolean', 'dateTime', 'number', 'string'] as const satisfies readonly LegacyType[];

/** The `conditions` parameter of If 1 and Filter 1: rows grouped by type. */
export const legacyConditionsParam = p.groups({
  label: 'Conditions',
  groups: Object.fromEntries(types.map((type) => [type, { label: type, item: rowParams(type) }])),
});

/** Whether all (or any) of an item's rows hold. Stops at the first that decides. */
export function legacyConditionsHold(
  context: ExecuteContext,
  index: number,
  combine: 'all' | 'any',
): boolean {
  const isDecided = (holds: boolean) => holds === (combine === 'any');
  for (const type of types) {
    for (const row of list(context.param(`conditions.${type}`, index, { fallback: [] }))) {
      const holds = legacyHolds({
        value1: row.value1,
        operation: String(row.operation ?? defaultOperation(type)),
        value2: row.value2,
      });
      if (isDecided(holds)) return holds;
    }
  }
  return combine === 'all';
}

function rowParams(type: LegacyType): Readonly<Record<string, Param<unknown>>> {
  return {
    value1: p.raw({ label: 'Value 1', ...wireOf(type) }),
    operation: p.options({
      label: 'Operation',
      default: defaultOperation(type),
      choices: legacyOperations(type),
    }),
    value2: p.raw({
      label: 'Value 2',
      ...wireOf(type),
      unless: { operation: ['isEmpty', 'isNotEmpty'] },
    }),
  };
}

function wireOf(type: LegacyType) {
  return { type, default: emptyValue(type) };
}

const list = (rows: unknown): readonly JsonObject[] => (Array.isArray(rows) ? rows : []);
