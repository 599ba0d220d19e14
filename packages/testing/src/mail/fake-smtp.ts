import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
  readonly user: string | undefined;
}

/** An SMTP server on a spare port that keeps what it is sent and refuses whom it is told to. */
export async function openFakeSmtp({
  user = 'me',
  password = 'secret',
}: { readonly user?: string; readonly password?: string } = {}) {
  const mails: ReceivedMail[] = [];
  const state = { sessions: 0 };
  const holding: { arrived?: () => void } = {};
  const refused = new Map<string, { readonly status: number; readonly text: string }>();

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onConnect(_session, done) {
      state.sessions++;
      done();
    },
    onAuth({ username, password: given }, _session, done) {
      if (username === user && given === password) return done(null, { user: username });
      return done(Object.assign(new Error('Bad user or password'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      const reply = refused.get(address);
      done(reply && Object.assign(new Error(reply.text), { responseCode: reply.status }));
    },
    onData(stream, { envelope, user: signedIn }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, source: Buffer.concat(chunks).toString(), user: signedIn });
        if (!holding.arrived) return done();
        return holding.arrived();
      });
    },
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

  return {
    port,
    mails,
    state,
    /** Answers `RCPT TO` of an address with an error. */
    refuse: (address: string, status: number, text: string) =>
      refused.set(address, { status, text }),
    /** Takes mails from now on and never answers; resolves when the next one is there. */
    hold: () => new Promise<void>((resolve) => (holding.arrived = resolve)),
    /** Answers again. */
    release: () => void delete holding.arrived,
    /** Breaks all connections, held ones too. */
    cut() {
      for (const connection of server.connections) connection.close();
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
