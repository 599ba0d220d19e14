const MASK = (1n << 64n) - 1n;
const ROUNDS = 24;

/** Offsets of the rho step, by lane x + 5y. */
const OFFSETS = rhoOffsets();
const ROUND_CONSTANTS = roundConstants();

/** SHA3-512. @see FIPS 202 */
export function sha3(message: Uint8Array): Uint8Array {
  const rate = 72;
  const padded = new Uint8Array(Math.ceil((message.length + 1) / rate) * rate);
  padded.set(message);
  padded[message.length] = 0x06;
  padded[padded.length - 1] = (padded.at(-1) ?? 0) | 0x80;
  const view = new DataView(padded.buffer);
  let lanes = Array<bigint>(25).fill(0n);
  for (let offset = 0; offset < padded.length; offset += rate) {
    for (let lane = 0; lane < rate / 8; lane++) {
      lanes[lane] = at(lanes, lane) ^ view.getBigUint64(offset + lane * 8, true);
    }
    lanes = permute(lanes);
  }
  const digest = new DataView(new ArrayBuffer(64));
  for (let lane = 0; lane < 8; lane++) digest.setBigUint64(lane * 8, at(lanes, lane), true);
  return new Uint8Array(digest.buffer);
}

const at = (lanes: readonly bigint[], index: number) => lanes[index] ?? 0n;
const rotate = (lane: bigint, bits: number) =>
  ((lane << BigInt(bits)) | (lane >> BigInt(64 - bits))) & MASK;

function permute(start: readonly bigint[]): bigint[] {
  let lanes = [...start];
  for (let round = 0; round < ROUNDS; round++) {
    const columns = [0, 1, 2, 3, 4].map((x) =>
      [0, 5, 10, 15, 20].reduce((sum, y) => sum ^ at(lanes, x + y), 0n),
    );
    const mixed = lanes.map((lane, index) => {
      const x = index % 5;
      return lane ^ at(columns, (x + 4) % 5) ^ rotate(at(columns, (x + 1) % 5), 1);
    });
    const moved = Array<bigint>(25).fill(0n);
    for (const [index, lane] of mixed.entries()) {
      const x = index % 5;
      const y = Math.floor(index / 5);
      moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(lane, OFFSETS[index] ?? 0);
    }
    lanes = moved.map((lane, index) => {
      const row = index - (index % 5);
      return (
        lane ^ (~at(moved, row + ((index + 1) % 5)) & MASK & at(moved, row + ((index + 2) % 5)))
      );
    });
    lanes[0] = at(lanes, 0) ^ at(ROUND_CONSTANTS, round);
  }
  return lanes;
}

function rhoOffsets(): number[] {
  const offsets = Array<number>(25).fill(0);
  let [x, y] = [1, 0];
  for (let step = 0; step < 24; step++) {
    offsets[x + 5 * y] = (((step + 1) * (step + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return offsets;
}

/** The iota constants: bits of a linear-feedback shift register at places 2^j − 1. */
function roundConstants(): bigint[] {
  let register = 1;
  return Array.from({ length: ROUNDS }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1);
      register <<= 1;
      if (register & 0x100) register ^= 0x171;
    }
    return constant;
  });
}
