import type { JsonObject } from '../items/index.ts';

/** User code for the sandbox: text in, text out (architecture, decision 7). */
export interface CodeRequest {
  readonly language: 'javaScript' | 'typeScript';
  /** Body of an async function. */
  readonly source: string;
  readonly mode: 'allItems' | 'eachItem';
  /** JSON-able variables the body sees, by name. */
  readonly scope: JsonObject;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Answers `helpers.*` and lookups such as `$('Node')` that the body asks for. */
  hostCall?(name: string, args: readonly unknown[]): Promise<unknown>;
}

export interface CodeResult {
  /** What the body returned, as plain data; `undefined` when it returned nothing. */
  readonly value: unknown;
  readonly logs: readonly { readonly level: string; readonly text: string }[];
}

export interface CodePort {
  /** @throws {MillraceError} `NODE_CODE_FAILED` with the line in the user's code, on error, limit or crash. */
  run(request: CodeRequest): Promise<CodeResult>;
}
