import type { FakeAnswer, SentStatement } from './fake-my-sql.ts';
import { lengthText, packets, serverError } from './wire.ts';

const QUIT = 0x01;
const QUERY = 0x03;
const PREPARE = 0x16;
const EXECUTE = 0x17;
const CLOSE = 0x19;

const EOF = Buffer.from([0xfe, 0, 0, 2, 0]);
/** One row changed, id 7. */
const CHANGED = Buffer.from([0, 1, 7, 2, 0, 0, 0]);

interface CommandsOptions {
  answer(statement: SentStatement): FakeAnswer;
  end(): void;
}

/** Answers the commands of one connection. */
export function createCommands({ answer, end }: CommandsOptions): (payload: Buffer) => Buffer {
  const prepared: string[] = [];

  return (payload) => {
    switch (payload[0]) {
      case QUIT:
        end();
        return Buffer.alloc(0);
      case CLOSE:
        return Buffer.alloc(0);
      case QUERY:
        return reply(answer({ text: payload.toString('utf8', 1), values: [] }), textRow);
      case PREPARE:
        prepared.push(payload.toString('utf8', 1));
        return preparation(prepared.length, prepared.at(-1) ?? '');
      case EXECUTE: {
        const text = prepared[payload.readUInt32LE(1) - 1] ?? '';
        return reply(answer({ text, values: boundValues(payload, slotsIn(text)) }), binaryRow);
      }
      default:
        return packets([CHANGED]);
    }
  };
}

const slotsIn = (text: string) => text.replace(/'[^']*'|`[^`]*`/g, '').split('?').length - 1;

function preparation(id: number, text: string): Buffer {
  const slots = slotsIn(text);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(id, 1);
  head.writeUInt16LE(slots, 7);
  const definitions = Array.from({ length: slots }, () => column('?'));
  return packets(slots > 0 ? [head, ...definitions, EOF] : [head]);
}

function reply(
  { rows = [], error }: FakeAnswer,
  encode: (values: readonly string[]) => Buffer,
): Buffer {
  if (error !== undefined) return packets([serverError(1062, '23000', error)]);
  const [first] = rows;
  if (!first) return packets([CHANGED]);
  const names = Object.keys(first);
  const encoded = rows.map((row) => encode(names.map((name) => String(row[name]))));
  return packets([Buffer.from([names.length]), ...names.map(column), EOF, ...encoded, EOF]);
}

/** A column; `id` is a number, all others are texts. */
function column(name: string): Buffer {
  const texts = ['def', 'shop', 'people', 'people', name, name].map(lengthText);
  const about = Buffer.alloc(13);
  about.writeUInt8(0x0c, 0);
  about.writeUInt16LE(45, 1);
  about.writeUInt32LE(255, 3);
  about.writeUInt8(name === 'id' ? 0x03 : 0xfd, 7);
  return Buffer.concat([...texts, about]);
}

const textRow = (values: readonly string[]) => Buffer.concat(values.map(lengthText));

const binaryRow = (values: readonly string[]) =>
  Buffer.concat([Buffer.alloc(1 + ((values.length + 9) >> 3)), ...values.map(lengthText)]);

const DOUBLE = 0x05;
const NULL = 0x06;

/** The values of an execute command, in the types this package sends: numbers, texts, null. */
function boundValues(payload: Buffer, count: number): unknown[] {
  const nulls = payload.subarray(10, 10 + ((count + 7) >> 3));
  const typesAt = 10 + nulls.length + 1;
  let at = typesAt + 2 * count;
  return Array.from({ length: count }, (_, index) => {
    const type = payload[typesAt + 2 * index];
    const isNull = ((nulls[index >> 3] ?? 0) >> (index & 7)) & 1;
    if (isNull || type === NULL) return null;
    if (type === DOUBLE) {
      at += 8;
      return payload.readDoubleLE(at - 8);
    }
    const length = payload.readUInt8(at);
    at += 1 + length;
    return payload.toString('utf8', at - length, at);
  });
}
