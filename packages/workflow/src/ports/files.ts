/** A file below the root, open for reading. */
export interface OpenFile {
  readonly sizeBytes: number;
  /** Its bytes as they are read; the file closes at their end. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * The one folder that nodes may read and write (`MILLRACE_FILES_ROOT`). Paths are relative to it, or
 * absolute and within it; neither `..` nor links lead out of it.
 */
export interface FilesPort {
  /** Files that match a glob such as `reports/*.csv`, as sorted relative paths. */
  find(pattern: string): Promise<readonly string[]>;
  /** @throws {MillraceError} `NODE_FAILED` when there is no such file within the folder. */
  open(path: string): Promise<OpenFile>;
  /** Replaces the file, or adds to its end. Its folder has to be there. @throws {MillraceError} `NODE_FAILED` */
  write(
    path: string,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options: { readonly appends: boolean },
  ): Promise<void>;
}
