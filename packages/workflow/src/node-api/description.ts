import type { JsonObject } from '../items/index.ts';

export interface PropertyChoice {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly description?: string;
  readonly action?: string;
  readonly displayOptions?: DisplayOptions;
  readonly [key: string]: unknown;
}

/** Accepted values per key (n8n-facts C6): sibling name, `/root.path` or `@version`; `_cnd` objects allowed. */
export interface DisplayOptions {
  readonly show?: Readonly<Record<string, readonly unknown[]>>;
  readonly hide?: Readonly<Record<string, readonly unknown[]>>;
}

/** A group of fields inside a `fixedCollection`. */
export interface PropertyGroup {
  readonly name: string;
  readonly displayName: string;
  readonly values: readonly Property[];
  readonly [key: string]: unknown;
}

/** One parameter as n8n describes it on the wire (n8n-facts C7). The editor's panel is drawn from these. */
export interface Property {
  readonly displayName: string;
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  readonly required?: boolean;
  readonly description?: string;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly noDataExpression?: boolean;
  readonly options?: readonly (PropertyChoice | Property | PropertyGroup)[];
  readonly typeOptions?: Readonly<Record<string, unknown>>;
  readonly displayOptions?: DisplayOptions;
  readonly validateType?: string;
  readonly [key: string]: unknown;
}

export interface PortDescription {
  readonly type: string;
  readonly displayName?: string;
  readonly required?: boolean;
  readonly maxConnections?: number;
}

export interface CredentialUse {
  readonly name: string;
  readonly required?: boolean;
  readonly displayOptions?: DisplayOptions;
}

/** What may happen to an attempt that was in flight when its process died. */
export type CrashPolicy = 'again' | 'fail' | 'ask';

/** n8n's node description (n8n-facts D2) with Millrace's additions at the end. Plain JSON. */
export interface NodeDescription {
  /** Full type id, such as `n8n-nodes-base.set`. */
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  /** One of ours: `trigger`, `flow`, `data`, `ai`, `marketing`, `output`, or n8n's group names. */
  readonly group: readonly string[];
  readonly version: number | readonly number[];
  readonly defaultVersion?: number;
  readonly subtitle?: string;
  readonly defaults?: { readonly name?: string; readonly color?: string };
  /** Connection types in order, or an expression that gives them. */
  readonly inputs: readonly (string | PortDescription)[] | string;
  readonly outputs: readonly (string | PortDescription)[] | string;
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
  readonly requiredInputs?: number | readonly number[] | string;
  readonly properties: readonly Property[];
  readonly credentials?: readonly CredentialUse[];
  readonly webhooks?: readonly JsonObject[];
  readonly polling?: boolean;
  /** Inline SVG markup. */
  readonly iconSvg?: string;
  readonly codex?: { readonly categories?: readonly string[]; readonly alias?: readonly string[] };
  readonly documentation?: string;
  /** No effect but its output: need not be journalled before the next node, it is recomputed. */
  readonly pure?: boolean;
  readonly crashPolicy?: CrashPolicy;
  readonly [key: string]: unknown;
}
