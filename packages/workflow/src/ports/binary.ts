import type { BinaryData } from '../items/index.ts';

/** Where files live. Items hold only references. */
export interface BinaryPort {
  /** @param bytes - All at once, or as they arrive: a large file is never whole in memory. */
  put(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    about: { readonly mimeType?: string; readonly fileName?: string },
  ): Promise<BinaryData>;
  /** @throws {NotFoundError} when the store no longer has it. */
  get(data: BinaryData): Promise<Uint8Array>;
  /** The bytes piece by piece. @throws {NotFoundError} when the store no longer has them. */
  stream(data: BinaryData): Promise<AsyncIterable<Uint8Array>>;
}
