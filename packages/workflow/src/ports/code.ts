import type { Batch, JsonObject } from '../items/index.ts';

/** User code for the sandbox: text in, text out (architecture, decision 7). */
export interface CodeRequest {
  readonly language: 'javaScript' | 'typeScript';
  /** Body of an async function. */
  readonly source: string;
  readonly mode: 'allItems' | 'eachItem';
  /** JSON-able variables the body sees, by name. */
  readonly scope: JsonObject;
  /** The items behind `$input`, `items`, `$json` …; in `eachItem` mode the body runs once for each. */
  readonly items?: Batch;
  /** `eachItem` only: `record` goes on after an item's error. `stop` when left out. */
  readonly onItemError?: 'stop' | 'record';
  /** What `$getWorkflowStaticData` gives; the changed copy comes back in the result. */
  readonly staticData?: { readonly global: JsonObject; readonly node: JsonObject };
  /** IANA name of the zone of `$now` and `DateTime`; `UTC` when left out. */
  readonly timezone?: string;
  /** Libraries put into the sandbox as globals, beside Luxon, which comes when the body names it. */
  readonly libraries?: readonly 'alasql'[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Answers `helpers.*` and lookups such as `$('Node')` that the body asks for; rejecting refuses. */
  hostCall?(name: string, args: readonly unknown[]): Promise<unknown>;
}

export interface CodeResult {
  /**
   * What the body returned, as plain data; `undefined` when it returned nothing.
   * In `eachItem` mode a list with one `{value?}` or `{error: {name, message, line?}}` per item.
   */
  readonly value: unknown;
  readonly staticData?: { readonly global: JsonObject; readonly node: JsonObject };
  readonly logs: readonly { readonly level: string; readonly text: string }[];
}

export interface CodePort {
  /** @throws {CodeError} `NODE_CODE_FAILED` with the line in the user's code, on error, limit or crash. */
  run(request: CodeRequest): Promise<CodeResult>;
}
