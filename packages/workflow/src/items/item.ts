/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** What an item carries as `json`: an object of anything an expression or node produced. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Where an item came from: the item at `item` of the batch on `input` (0 when absent). */
export interface ItemOrigin {
  readonly item: number;
  readonly input?: number;
  /** Replaces the run's own source when lineage is walked (loops hand items round). */
  readonly sourceOverwrite?: RunSource;
}

/** n8n's wire form of an item's lineage. */
export type PairedItem = number | ItemOrigin | readonly (number | ItemOrigin)[];

/**
 * A file that travels with an item. The bytes are never in here: `id` names them in the binary store.
 * n8n's inline form (`data` holding base64) is accepted on import and written into the store.
 */
export interface BinaryData {
  readonly id?: string;
  readonly data: string;
  readonly mimeType: string;
  readonly fileName?: string;
  readonly fileExtension?: string;
  readonly fileType?: string;
  /** Pretty size, such as `12 kB`. */
  readonly fileSize?: string;
  readonly bytes?: number;
  readonly directory?: string;
}

/** What went wrong, as stored and shown. `code` is one of ours where we know it. */
export interface ErrorData {
  readonly message: string;
  readonly description?: string;
  readonly name: string;
  readonly node?: string;
  readonly code?: string;
  readonly httpCode?: string;
  readonly fix?: string;
  readonly itemIndex?: number;
  readonly context?: JsonObject;
  /** Line in the user's own code, 1-based. */
  readonly line?: number;
}

/** One record on a wire. Nodes never change an item they were given: they return new ones. */
export interface Item {
  readonly json: JsonObject;
  readonly binary?: Readonly<Record<string, BinaryData>>;
  readonly pairedItem?: PairedItem;
  readonly error?: ErrorData;
}

/** The items on one input or output. */
export type Batch = readonly Item[];

/** One batch per output; `null` or a gap means nothing was sent there. */
export type Outputs = readonly (Batch | null | undefined)[];

/** The run that fed one input of a run. */
export interface RunSource {
  readonly previousNode: string;
  /** Output index, 0 when absent. */
  readonly previousNodeOutput?: number;
  /** Run index, 0 when absent. */
  readonly previousNodeRun?: number;
}
