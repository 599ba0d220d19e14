import { createServer, type Socket } from 'node:net';

interface StoredMail {
  readonly uid: number;
  readonly source: string;
  readonly flags: Set<string>;
}

/** An IMAP server on a spare port with one mailbox: as much of RFC 3501 as reading and marking mail needs. */
export async function openFakeImap({
  user = 'me',
  password = 'secret',
}: { readonly user?: string; readonly password?: string } = {}) {
  const mails: StoredMail[] = [];
  const state = { uidValidity: 1, sessions: 0 };
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay());
    state.sessions++;
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.write('* OK ready\r\n');
    const lines = { rest: '' };
    socket.on('data', (chunk) => {
      const parts = (lines.rest + chunk.toString()).split('\r\n');
      lines.rest = parts.pop() ?? '';
      for (const line of parts) if (line) answer(line, (text) => socket.write(text), socket);
    });
  });

  function answer(line: string, write: (text: string) => void, socket: Socket): void {
    const [tag = '', first = '', ...words] = line.split(' ');
    const isByUid = first.toUpperCase() === 'UID';
    const command = (isByUid ? words.shift() : first)?.toUpperCase() ?? '';
    const args = words.join(' ');
    const ok = (text = 'done') => write(`${tag} OK ${text}\r\n`);
    switch (command) {
      case 'CAPABILITY':
        write('* CAPABILITY IMAP4rev1\r\n');
        return ok();
      case 'LOGIN':
        return args.replaceAll('"', '') === `${user} ${password}`
          ? ok('signed in')
          : write(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`);
      case 'LIST':
        write('* LIST () "/" INBOX\r\n');
        return ok();
      case 'SELECT':
      case 'EXAMINE':
        return select(tag, args, write);
      case 'SEARCH':
        write(`* SEARCH ${found(args).join(' ')}\r\n`);
        return ok();
      case 'FETCH':
        fetch(args, write);
        return ok();
      case 'STORE':
        for (const uid of args.split(' ')[0]?.split(',') ?? [])
          mails.find((mail) => mail.uid === Number(uid))?.flags.add('\\Seen');
        return ok();
      case 'LOGOUT':
        write('* BYE\r\n');
        ok();
        return void socket.end();
      case 'NOOP':
      case 'CLOSE':
        return ok();
      default:
        return write(`${tag} BAD unknown command\r\n`);
    }
  }

  function select(tag: string, name: string, write: (text: string) => void): void {
    if (name.replaceAll('"', '') !== 'INBOX')
      return write(`${tag} NO [NONEXISTENT] There is no such mailbox\r\n`);
    const next = (mails.at(-1)?.uid ?? 0) + 1;
    write(`* ${mails.length} EXISTS\r\n* FLAGS (\\Seen)\r\n`);
    write(`* OK [UIDVALIDITY ${state.uidValidity}] valid\r\n* OK [UIDNEXT ${next}] next\r\n`);
    return write(`${tag} OK [READ-WRITE] open\r\n`);
  }

  /** `n:*` holds at least the last mail, as the standard has it. */
  function found(args: string): number[] {
    const from = Number(/UID (\d+):\*/.exec(args)?.[1] ?? 1);
    const last = mails.at(-1)?.uid ?? 0;
    const inRange = mails.filter(({ uid }) => uid >= from || uid === last);
    const isUnseenOnly = /UNSEEN/.test(args);
    return inRange
      .filter(({ flags }) => !isUnseenOnly || !flags.has('\\Seen'))
      .map(({ uid }) => uid);
  }

  function fetch(args: string, write: (text: string) => void): void {
    const uid = Number(args.split(' ')[0]);
    const index = mails.findIndex((mail) => mail.uid === uid);
    const mail = mails[index];
    if (!mail) return;
    const size = Buffer.byteLength(mail.source);
    write(`* ${index + 1} FETCH (UID ${uid} BODY[] {${size}}\r\n${mail.source})\r\n`);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    mails,
    state,
    /** Puts a mail into the mailbox. */
    deliver(source: string) {
      const uid = (mails.at(-1)?.uid ?? 0) + 1;
      mails.push({ uid, source: source.replace(/\r?\n/g, '\r\n'), flags: new Set() });
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
