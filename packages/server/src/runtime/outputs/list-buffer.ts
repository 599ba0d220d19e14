const [OPEN, COMMA, CLOSE] = [0x5b, 0x2c, 0x5d];

/** JSON texts as one list in UTF-8. */
export interface ListBuffer {
  /** Bytes so far; 0 for an empty list. */
  readonly length: number;
  add(text: string): void;
  /** The list, which is empty after it. The bytes are good until the next text is added. */
  take(): Uint8Array;
}

/** One piece of memory for list after list: a hundred megabytes leave no garbage behind. */
export function createListBuffer(capacity: number): ListBuffer {
  let bytes = Buffer.allocUnsafe(capacity);
  let length = 0;

  /** Makes room for a text with what stands around it. */
  function reserve(size: number): void {
    if (length + size <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + size));
    bytes.copy(larger, 0, 0, length);
    bytes = larger;
  }

  return {
    get length() {
      return length;
    },
    add(text) {
      reserve(Buffer.byteLength(text) + 2);
      bytes[length] = length === 0 ? OPEN : COMMA;
      length += 1;
      length += bytes.write(text, length);
    },
    take() {
      reserve(2);
      if (length === 0) bytes[length++] = OPEN;
      bytes[length++] = CLOSE;
      const list = bytes.subarray(0, length);
      length = 0;
      return list;
    },
  };
}
