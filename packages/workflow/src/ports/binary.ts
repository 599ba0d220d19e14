import type { BinaryData } from '../items/index.ts';

/** Where files live. Items hold only references. */
export interface BinaryPort {
  put(
    bytes: Uint8Array,
    about: { readonly mimeType?: string; readonly fileName?: string },
  ): Promise<BinaryData>;
  /** @throws {NotFoundError} when the store no longer has it. */
  get(data: BinaryData): Promise<Uint8Array>;
}
