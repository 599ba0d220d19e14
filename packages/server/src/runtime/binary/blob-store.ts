/** Bytes that arrive or leave piece by piece. */
export type ByteSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Where the bytes of files are kept, by their SHA-256 (64 hex digits). The same bytes are kept once. */
export interface BlobStore {
  /** Stores all or nothing. What was there already counts as new: its age starts again. */
  write(source: ByteSource): Promise<{ readonly hash: string; readonly size: number }>;
  /** Opens one for reading; `undefined` when there is none. */
  open(hash: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  list(): AsyncIterable<StoredBlob>;
  /** Deletes one unless it was written after `unlessSince` (ms since the epoch). */
  remove(hash: string, unlessSince: number): Promise<boolean>;
}

export interface StoredBlob {
  readonly hash: string;
  readonly size: number;
  /** When it was last written, ms since the epoch. */
  readonly writtenAt: number;
}
