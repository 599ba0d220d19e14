import { Redis } from 'ioredis';
import type { NodeLogger } from '@millrace/workflow/node-api';
import type { RuntimeEvent } from '../runtime.types.ts';
import { decode, encode } from './link-message.ts';
import type { Answer, LinkListeners, ProcessLink, Question, Reply } from './link.types.ts';
import { createQuestions, type AskedQuestion, type GivenReply } from './questions.ts';

export interface RedisLinkOptions {
  readonly url: string;
  readonly prefix: string;
  readonly processId: string;
  readonly logger: NodeLogger;
}

/** Events of one turn travel together: many runs end at once under load. */
const GATHER_MS = 20;
const MAX_GATHERED = 500;

/** Messages over Redis pub/sub. While Redis is away they are dropped. */
export function createRedisLink({ url, prefix, processId, logger }: RedisLinkOptions): ProcessLink {
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 1 };
  const sender = new Redis(url, options);
  const receiver = new Redis(url, { maxRetriesPerRequest: null });
  // Losing Redis is told once, by the queue.
  for (const redis of [sender, receiver])
    redis.on('error', (error) => logger.debug('Redis link', { error: String(error) }));

  const channels = {
    answers: (id: string) => `${prefix}:answers:${id}`,
    changes: `${prefix}:changed`,
    events: `${prefix}:happened`,
    cancel: `${prefix}:cancel`,
    watched: `${prefix}:watched`,
    questions: `${prefix}:questions`,
    replies: (id: string) => `${prefix}:replies:${id}`,
  };
  const gathered: RuntimeEvent[] = [];
  const answers = new Map<string, Answer[]>();
  const hearers: (() => void)[] = [];
  const closing = new AbortController();
  const state: { timer?: NodeJS.Timeout | undefined } = {};

  const publish = (channel: string, message: unknown) =>
    sender.publish(channel, encode({ from: processId, message }));
  const send = (channel: string, message: unknown) => {
    publish(channel, message).catch((error: unknown) =>
      logger.debug('Message not sent', { error: String(error) }),
    );
  };
  const questions = createQuestions((asked) => publish(channels.questions, asked));
  function sendGathered(): void {
    state.timer = undefined;
    if (gathered.length) send(channels.events, gathered.splice(0));
  }

  /** Answers of one turn to the same process travel together. */
  function answer(to: string, first: Answer): void {
    const known = answers.get(to);
    if (known) return void known.push(first);
    answers.set(to, [first]);
    setImmediate(sendAnswers);
  }
  function sendAnswers(): void {
    for (const [to, list] of answers) send(channels.answers(to), list);
    answers.clear();
  }

  const subscribe = (...names: string[]) =>
    receiver
      .subscribe(...names)
      .catch((error: unknown) => logger.debug('Not subscribed', { error: String(error) }));

  /** Redis counts this process among those it told: it has no part in its own questions. */
  function reply(give: (question: Question) => Reply): void {
    receiver.on('message', (channel, text) => {
      const decoded = channel === channels.questions ? decode(text) : undefined;
      if (!decoded) return;
      const { id, question }: AskedQuestion = decoded.message;
      if (decoded.from === processId) questions.heard({ id, reply: {} });
      else send(channels.replies(decoded.from), { id, reply: give(question) });
    });
    void subscribe(channels.questions);
  }

  return {
    answer,
    ask: questions.ask,
    reply,
    watch: () => send(channels.watched, null),
    watched: (heard) => void hearers.push(heard),
    cancel: (executionId) => send(channels.cancel, executionId),
    publish(event) {
      if (isChange(event)) return send(channels.changes, event);
      if (gathered.length >= MAX_GATHERED) sendGathered();
      gathered.push(event);
      state.timer ??= setTimeout(sendGathered, GATHER_MS);
    },
    listen({ answered, changed, happened, canceled }: LinkListeners) {
      const byChannel = new Map<string, (message: never) => void>([
        [channels.answers(processId), (list: readonly Answer[]) => list.forEach(answered)],
        [channels.replies(processId), (given: GivenReply) => questions.heard(given)],
        [channels.watched, () => hearers.forEach((heard) => heard())],
        [channels.cancel, (id: string) => canceled(id)],
      ]);
      if (changed) byChannel.set(channels.changes, (event: RuntimeEvent) => changed(event));
      if (happened)
        byChannel.set(channels.events, (events: readonly RuntimeEvent[]) =>
          events.forEach(happened),
        );
      receiver.on('message', (channel, text) => {
        const decoded = decode(text);
        if (decoded && decoded.from !== processId) byChannel.get(channel)?.(decoded.message);
      });
      void subscribe(...byChannel.keys());
    },
    closed: closing.signal,
    async close() {
      closing.abort();
      clearTimeout(state.timer);
      sendGathered();
      sendAnswers();
      receiver.disconnect();
      // Waits until what was sent has left; with Redis away there is nothing to wait for.
      await sender.quit().catch(() => sender.disconnect());
    },
  };
}

/** What every process that serves webhooks has to hear of; the rest is for people who watch. */
const isChange = ({ type }: RuntimeEvent) =>
  type === 'workflow-changed' || type === 'triggers-changed';
