import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
  readonly user: string | undefined;
}

/** Where a server may refuse: at its greeting, the sign-in, the sender, or after it has read the mail. */
export type SmtpStep = 'greeting' | 'auth' | 'sender' | 'message';

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** An SMTP server on a spare port that keeps what it is sent and refuses whom it is told to. */
export async function openFakeSmtp({
  user = 'me',
  password = 'secret',
}: { readonly user?: string; readonly password?: string } = {}) {
  const mails: ReceivedMail[] = [];
  const state = { sessions: 0 };
  const holding: { arrived?: () => void; contact?: string | undefined } = {};
  const refused = new Map<string, Reply>();
  const scripted = new Map<SmtpStep, Reply>();
  const cuts = { isAtContact: false };
  const refusal = (reply: Reply | undefined) =>
    reply && Object.assign(new Error(reply.text), { responseCode: reply.status });

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onConnect(_session, done) {
      state.sessions++;
      done(refusal(scripted.get('greeting')));
    },
    onAuth({ username, password: given }, _session, done) {
      const reply = scripted.get('auth');
      if (reply) return done(refusal(reply) ?? null);
      if (username === user && given === password) return done(null, { user: username });
      return done(Object.assign(new Error('Bad user or password'), { responseCode: 535 }));
    },
    onMailFrom(_address, _session, done) {
      done(refusal(scripted.get('sender')));
    },
    onRcptTo({ address }, _session, done) {
      if (cuts.isAtContact) cut();
      else done(refusal(refused.get(address)));
    },
    onData(stream, { envelope, user: signedIn }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const reply = scripted.get('message');
        if (reply) return done(refusal(reply));
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, source: Buffer.concat(chunks).toString(), user: signedIn });
        const isHeld = holding.contact === undefined || to.includes(holding.contact);
        if (!holding.arrived || !isHeld) return done();
        return holding.arrived();
      });
    },
  });
  server.on('error', () => undefined);
  function cut(): void {
    for (const connection of server.connections) connection.close();
  }
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
    /** Takes mail to the address again. */
    accept: (address: string) => void refused.delete(address),
    /** Answers a step with an error until `recover`. */
    answerAt: (step: SmtpStep, status: number, text: string) =>
      void scripted.set(step, { status, text }),
    /** Breaks the connection when it is told a contact, until `recover`. */
    breakAtContact: () => void (cuts.isAtContact = true),
    recover() {
      scripted.clear();
      refused.clear();
      cuts.isAtContact = false;
    },
    /** Takes mails, or those to a contact, and never answers; resolves when the next one is there. */
    hold: (contact?: string) =>
      new Promise<void>((arrived) => Object.assign(holding, { arrived, contact })),
    /** Answers again. */
    release: () => void delete holding.arrived,
    /** Breaks all connections, held ones too. */
    cut,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
