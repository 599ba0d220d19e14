import { randomBytes } from 'node:crypto';

/** A UUID version 7: unique, and later ids sort after earlier ones (to the millisecond). */
export function newId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  const bytes = randomBytes(10);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x0f) | 0x70, 0);
  bytes.writeUInt8((bytes.readUInt8(2) & 0x3f) | 0x80, 2);
  const tail = bytes.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`;
}
