import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createCommands } from './fake-commands.ts';
import { packet, packetReader, serverError } from './wire.ts';

/** What the server says to statements whose text matches. Without one, a statement is fine. */
export interface FakeAnswer {
  readonly when: RegExp;
  /** Columns are the keys of the first row; values travel as text. */
  readonly rows?: readonly Readonly<Record<string, string | number>>[];
  readonly error?: string;
}

export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Where the part of a handshake answer starts that holds the user's name. */
const USER_AT = 32;
const SCRAMBLE = 'abcdefghijklmnopqrst';
const PASSWORD = 'secret';

/**
 * A server that speaks MySQL's protocol (handshake, native password, text and prepared statements) and
 * gives canned answers: what a client sends is seen as it travels, without a database.
 */
export async function openFakeMySql(answers: readonly FakeAnswer[]) {
  const statements: SentStatement[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const command = createCommands({
      answer: (statement) => {
        statements.push(statement);
        return answers.find(({ when }) => when.test(statement.text)) ?? { when: /$/ };
      },
      end: () => socket.end(),
    });
    const state = { isIn: false };
    socket.on('error', () => socket.destroy());
    socket.write(packet(0, handshake()));
    socket.on(
      'data',
      packetReader((sequence, payload) => {
        if (state.isIn) return void socket.write(command(payload));
        state.isIn = isPassword(payload);
        const said = state.isIn ? OK : serverError(1045, '28000', 'Access denied for user');
        socket.write(packet(sequence + 1, said));
        if (!state.isIn) socket.end();
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    statements,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

/** Protocol 10, with 4.1 answers, native passwords and several statements in one text. */
function handshake(): Buffer {
  const capabilities = 0x0001 | 0x0008 | 0x0200 | 0x8000 | 0x10000 | 0x20000 | 0x80000;
  const head = Buffer.from('\x0a8.0.0-fake\0');
  const middle = Buffer.alloc(4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10);
  middle.writeUInt32LE(1, 0);
  middle.write(SCRAMBLE.slice(0, 8), 4, 'latin1');
  middle.writeUInt16LE(capabilities & 0xffff, 13);
  middle.writeUInt8(45, 15); // utf8mb4
  middle.writeUInt16LE(2, 16);
  middle.writeUInt16LE(capabilities >>> 16, 18);
  middle.writeUInt8(21, 20);
  const tail = Buffer.from(`${SCRAMBLE.slice(8)}\0mysql_native_password\0`, 'latin1');
  return Buffer.concat([head, middle, tail]);
}

const sha1 = (...parts: Buffer[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha1')).digest();

function isPassword(payload: Buffer): boolean {
  const nameEnd = payload.indexOf(0, USER_AT);
  const length = payload[nameEnd + 1] ?? 0;
  const given = payload.subarray(nameEnd + 2, nameEnd + 2 + length);
  const once = sha1(Buffer.from(PASSWORD));
  const mask = sha1(Buffer.from(SCRAMBLE, 'latin1'), sha1(once));
  const expected = once.map((byte, at) => byte ^ (mask[at] ?? 0));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
