import { isDeepStrictEqual } from 'node:util';
import type { ConformanceCase, ExpectedExecution, ExpectedItem } from './conformance-case.ts';

interface ActualItem {
  readonly json: Readonly<Record<string, unknown>>;
  readonly pairedItem?: unknown;
  readonly binary?: Readonly<
    Record<string, { readonly mimeType: string; readonly fileName?: string; readonly id?: string }>
  >;
}

/** What `millrace execute` or `GET /executions/:id?data=true` says. */
export interface ActualExecution {
  readonly status: string;
  readonly error?: { readonly message?: string; readonly node?: string | null } | null;
  readonly order: readonly string[];
  readonly runData: Readonly<
    Record<
      string,
      readonly { readonly outputs: readonly (readonly ActualItem[])[]; readonly error?: unknown }[]
    >
  >;
}

/** What differs in what a caller can rely on, and in lineage (which decides later expressions). */
export interface Difference {
  readonly normative: readonly string[];
  readonly lineage: readonly string[];
}

/** Compares one execution with the measurement: status, order, error node, items, files; lineage apart. */
export function compareExecution(
  expected: ExpectedExecution,
  actual: ActualExecution,
  {
    volatileJsonOf = [],
    ignoreBinaryHashOf = [],
  }: Pick<ConformanceCase, 'volatileJsonOf' | 'ignoreBinaryHashOf'>,
): Difference {
  const normative: string[] = [];
  const lineage: string[] = [];
  if (expected.status !== actual.status) {
    normative.push(
      `status ${actual.status}, expected ${expected.status}: ${actual.error?.message ?? ''}`,
    );
  }
  if (!isDeepStrictEqual(expected.order, actual.order)) {
    normative.push(`order ${actual.order.join(' > ')}, expected ${expected.order.join(' > ')}`);
  }
  if (expected.error?.node && expected.error.node !== actual.error?.node) {
    normative.push(`error at ${actual.error?.node}, expected ${expected.error.node}`);
  }
  for (const [node, runs] of Object.entries(expected.runs)) {
    runs.forEach((run, runIndex) => {
      const place = `${node}#${runIndex}`;
      const got = actual.runData[node]?.[runIndex];
      if (!got) {
        normative.push(`${place} did not run`);
        return;
      }
      if (Boolean(run.error) !== Boolean(got.error)) {
        normative.push(
          `${place} ${got.error ? 'failed' : 'did not fail'}: ${JSON.stringify(got.error)}`,
        );
      }
      const outputs = trimmed(got.outputs);
      if (outputs.length !== run.outputs.length) {
        normative.push(`${place} has ${outputs.length} outputs, expected ${run.outputs.length}`);
        return;
      }
      run.outputs.forEach((items, output) => {
        const gotItems = outputs[output] ?? [];
        if (gotItems.length !== items.length) {
          normative.push(
            `${place}.${output} has ${gotItems.length} items, expected ${items.length}`,
          );
          return;
        }
        items.forEach((item, index) => {
          const gotItem = gotItems[index];
          if (!gotItem) return;
          const at = `${place}.${output}[${index}]`;
          if (!volatileJsonOf.includes(node) && !sameJson(item.json, gotItem.json)) {
            normative.push(`${at} ${short(gotItem.json)}, expected ${short(item.json)}`);
          }
          const file = fileDifference(item, gotItem, ignoreBinaryHashOf.includes(node));
          if (file) normative.push(`${at} ${file}`);
          if (!isDeepStrictEqual(pairs(item.pairedItem), pairs(gotItem.pairedItem))) {
            lineage.push(
              `${at} paired ${short(gotItem.pairedItem)}, expected ${short(item.pairedItem)}`,
            );
          }
        });
      });
    });
  }
  return { normative, lineage };
}

const short = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 300);

/** Compares as JSON, error objects by their message only (wording is ours). */
const sameJson = (expected: unknown, actual: unknown) =>
  isDeepStrictEqual(withoutErrorText(plain(expected)), withoutErrorText(plain(actual)));

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** `json.error` holds the message of a continued error: present or not matters, its wording does not. */
function withoutErrorText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return 'error' in value && value.error ? { ...value, error: '<error>' } : value;
}

function trimmed<T extends readonly unknown[] | null>(outputs: readonly T[]): T[] {
  const result = [...outputs];
  while (result.length > 0 && !result.at(-1)?.length) result.pop();
  return result;
}

function pairs(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one === 'number') return { item: one };
    const { item, input } = one as { item: number; input?: number };
    return input ? { item, input } : { item };
  });
}

function fileDifference(
  expected: ExpectedItem,
  actual: ActualItem,
  ignoreHash: boolean,
): string | undefined {
  const names = Object.keys(expected.binary ?? {});
  const gotNames = Object.keys(actual.binary ?? {});
  if (!isDeepStrictEqual(names.toSorted(), gotNames.toSorted())) {
    return `files ${gotNames.join()}, expected ${names.join()}`;
  }
  for (const name of names) {
    const want = expected.binary?.[name];
    const got = actual.binary?.[name];
    if (want?.mimeType !== got?.mimeType)
      return `file ${name} is ${got?.mimeType}, expected ${want?.mimeType}`;
    if (!ignoreHash && want?.sha256 && !got?.id?.endsWith(want.sha256))
      return `file ${name} has other bytes`;
  }
  return undefined;
}
