import type { Item } from '@millrace/workflow/items';
import { defineNode, p, type BaseContext } from '@millrace/workflow/node-api';
import type { HostPort } from '@millrace/workflow/ports';
import { isRecord } from '../http-request/fields.ts';
import { icon } from '../icon.ts';
import { firstEvent, type EventSink } from '../listening/first-event.ts';
import { openRedis } from './redis-connection.ts';

/** Starts the workflow for each message on Redis channels. What is sent while nobody listens is lost, as Redis has it. */
export const redisTriggerNode = defineNode({
  name: 'n8n-nodes-base.redisTrigger',
  label: 'Redis Trigger',
  description: 'Starts the workflow when a message is published on a Redis channel',
  version: 1,
  group: ['trigger'],
  icon: icon('M3 7l9-4 9 4-9 4z', 'M3 12l9 4 9-4', 'M3 17l9 4 9-4'),
  inputs: [],
  credentials: [{ name: 'redis', required: true }],
  params: {
    channels: p.string({
      label: 'Channels',
      required: true,
      hint: 'Names with commas between them; * stands for any text',
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        jsonParseBody: p.boolean({ label: 'Parse messages as JSON', default: false }),
        onlyMessage: p.boolean({ label: 'Only the message', default: false }),
      },
    }),
  },
  listen: (context) => listenToChannels(context, context),
  execute: (context) => firstEvent(context.signal, (sink) => listenToChannels(context, sink)),
});

type ChannelContext = Pick<BaseContext, 'param' | 'credential'> & { readonly hosts: HostPort };

/** Listens until the signal ends it. @throws {Error} when the connection is lost. */
async function listenToChannels(context: ChannelContext, sink: EventSink): Promise<void> {
  const flag = (name: string) => context.param(`options.${name}`, 0, { fallback: false }) === true;
  const isJson = flag('jsonParseBody');
  const isBare = flag('onlyMessage');
  const patterns = String(context.param('channels', 0, { fallback: '' }))
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const client = await openRedis(await context.credential('redis'), context.hosts);
  const over = Promise.withResolvers<void>();
  const stop = () => over.resolve();
  const state = { stored: Promise.resolve() };
  client.on('close', () => over.reject(new Error('The connection to Redis was lost')));
  client.on('pmessage', (_pattern: string, channel: string, text: string) => {
    const message = isJson ? parsed(text) : text;
    state.stored = state.stored.then(() => sink.emit([[itemOf(channel, message, isBare)]]));
    state.stored.catch(over.reject);
  });
  sink.signal.addEventListener('abort', stop, { once: true });
  if (sink.signal.aborted) stop();
  try {
    await client.psubscribe(...patterns);
    await over.promise;
  } finally {
    sink.signal.removeEventListener('abort', stop);
    client.disconnect();
  }
}

function itemOf(channel: string, message: unknown, isBare: boolean): Item {
  if (isBare && isRecord(message)) return { json: message };
  return { json: isBare ? { message } : { channel, message } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // senders differ; a bare text is a message too
  }
}
