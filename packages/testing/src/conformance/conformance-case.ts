import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Readonly<Record<string, unknown>>;

export interface ExpectedItem {
  readonly json: Json;
  readonly pairedItem?: readonly unknown[];
  readonly binary?: Readonly<
    Record<
      string,
      { readonly mimeType: string; readonly fileName?: string; readonly sha256?: string }
    >
  >;
}

export interface ExpectedRun {
  readonly outputs: readonly (readonly ExpectedItem[])[];
  readonly error?: Json;
}

export interface ExpectedExecution {
  readonly status: string;
  readonly error?: { readonly message?: string; readonly node?: string };
  readonly order: readonly string[];
  readonly runs: Readonly<Record<string, readonly ExpectedRun[]>>;
  readonly httpRequests?: readonly Json[];
}

export interface WebhookCall {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One measured case, as `conformance/README.md` describes the file. */
export interface ConformanceCase {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly workflow: Json & { readonly nodes: readonly (Json & { readonly type: string })[] };
  readonly subworkflows?: readonly Json[];
  readonly credentials?: readonly Json[];
  readonly webhookCalls?: readonly WebhookCall[];
  readonly startNode?: string;
  readonly destinationNode?: string;
  readonly publishSubworkflows?: boolean;
  readonly volatileJsonOf?: readonly string[];
  readonly ignoreBinaryHashOf?: readonly string[];
  readonly expected: ExpectedExecution & {
    readonly webhookResponses?: readonly {
      readonly status: number;
      readonly headers: Json;
      readonly body: Json;
    }[];
    readonly executions?: readonly ExpectedExecution[];
  };
}

/** The cases below `folder/n8n`, by name; `areas` empty means all. */
export function loadCases(folder: string, areas: readonly string[]): ConformanceCase[] {
  return readdirSync(join(folder, 'n8n'))
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file): ConformanceCase => JSON.parse(readFileSync(join(folder, 'n8n', file), 'utf8')))
    .filter(({ area, id }) => areas.length === 0 || areas.includes(area) || areas.includes(id));
}
