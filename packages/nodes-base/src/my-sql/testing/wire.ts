/** A packet: length, number in its exchange, payload. */
export function packet(sequence: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head.writeUInt8(sequence, 3);
  return Buffer.concat([head, payload]);
}

/** Packets in a row, numbered from 1, as an answer to a command has them. */
export const packets = (payloads: readonly Uint8Array[]): Buffer =>
  Buffer.concat(payloads.map((payload, at) => packet(at + 1, payload)));

/** Cuts what arrives into packets, wherever the network cut it. */
export function packetReader(take: (sequence: number, payload: Buffer) => void) {
  const state = { kept: Buffer.alloc(0) };
  return (chunk: Buffer) => {
    state.kept = Buffer.concat([state.kept, chunk]);
    while (state.kept.length >= 4) {
      const end = 4 + state.kept.readUIntLE(0, 3);
      if (state.kept.length < end) return;
      const sequence = state.kept.readUInt8(3);
      const payload = state.kept.subarray(4, end);
      state.kept = state.kept.subarray(end);
      take(sequence, payload);
    }
  };
}

/** A text with its length before it; these are short. */
export function lengthText(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 250) throw new RangeError('Texts of the fake server are short');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

export function serverError(number: number, state: string, message: string): Buffer {
  const code = Buffer.alloc(2);
  code.writeUInt16LE(number);
  return Buffer.concat([Buffer.from([0xff]), code, Buffer.from(`#${state}${message}`)]);
}
