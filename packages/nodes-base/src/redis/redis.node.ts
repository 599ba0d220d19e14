import { MillraceError, NodeError } from '@millrace/workflow/errors';
import { defineNode, p, type ParamMap } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';
import { openRedis } from './redis-connection.ts';
import { redisOperations } from './redis-operations.ts';

const at = (...operation: string[]) => ({ operation });
const KINDS = [
  { value: 'automatic', label: 'Automatic', hint: 'By what is there, or by the value' },
  { value: 'hash', label: 'Hash' },
  { value: 'list', label: 'List' },
  { value: 'sets', label: 'Set' },
  { value: 'string', label: 'String' },
] as const;

const params: ParamMap = {
  operation: p.options({
    label: 'Operation',
    default: 'info',
    fixed: true,
    choices: [
      { value: 'delete', label: 'Delete' },
      { value: 'get', label: 'Get' },
      { value: 'incr', label: 'Increment' },
      { value: 'info', label: 'Info' },
      { value: 'keys', label: 'Keys' },
      { value: 'llen', label: 'List length' },
      { value: 'pop', label: 'Pop' },
      { value: 'publish', label: 'Publish' },
      { value: 'push', label: 'Push' },
      { value: 'set', label: 'Set' },
    ],
  }),
  propertyName: p.string({
    label: 'Put output in field',
    default: 'propertyName',
    required: true,
    when: at('get', 'pop'),
  }),
  key: p.string({ label: 'Key', required: true, when: at('delete', 'get', 'set', 'incr') }),
  keyPattern: p.string({ label: 'Key pattern', required: true, when: at('keys') }),
  getValues: p.boolean({ label: 'Get values', default: true, when: at('keys') }),
  keyType: p.options({
    label: 'Kind of key',
    default: 'automatic',
    when: at('get', 'set'),
    choices: KINDS,
  }),
  value: p.string({ label: 'Value', when: at('set') }),
  valueIsJSON: p.boolean({
    label: 'Value is JSON',
    default: true,
    when: { ...at('set'), keyType: ['hash'] },
  }),
  expire: p.boolean({ label: 'Expires', default: false, when: at('set', 'incr') }),
  ttl: p.number({
    label: 'Seconds until it expires',
    default: 60,
    min: 1,
    when: { ...at('set', 'incr'), expire: [true] },
  }),
  channel: p.string({ label: 'Channel', required: true, when: at('publish') }),
  list: p.string({ label: 'List', required: true, when: at('push', 'pop', 'llen') }),
  messageData: p.string({ label: 'Data', required: true, when: at('publish', 'push') }),
  tail: p.boolean({
    label: 'At the end of the list',
    default: false,
    when: at('push', 'pop'),
  }),
  options: p.collection({
    label: 'Options',
    when: at('get', 'pop'),
    fields: { dotNotation: p.boolean({ label: 'Dots in the field are a path', default: true }) },
  }),
};

/** Reads and writes a Redis server. */
export const redisNode = defineNode({
  name: 'n8n-nodes-base.redis',
  label: 'Redis',
  description: 'Reads and writes a Redis server',
  version: 1,
  group: ['input'],
  icon: icon('M3 7l9-4 9 4-9 4z', 'M3 12l9 4 9-4', 'M3 17l9 4 9-4'),
  crashPolicy: 'ask',
  credentials: [{ name: 'redis', required: true }],
  params,
  async execute(context) {
    const { node } = context;
    const client = await openRedis(await context.credential('redis'), context.hosts);
    const stop = () => client.disconnect();
    context.signal.addEventListener('abort', stop, { once: true });
    try {
      return await forEachItem(context, async (item, index) => {
        const value = (name: string, fallback: unknown = '') =>
          context.param<unknown>(name, index, { fallback });
        const text = (name: string, fallback = '') => String(value(name, fallback) ?? '');
        const flag = (name: string, fallback: boolean) => value(name, fallback) === true;
        const name = text('operation', 'info');
        const run = redisOperations.get(name);
        if (!run)
          throw new NodeError(`There is no operation "${name}"`, {
            node: node.name,
            itemIndex: index,
          });
        const call = { client, item, text, flag, value };
        const { json, binary } = await run(call).catch((error: unknown) => {
          throw refused(error, node.name, index);
        });
        return { json, ...(binary && { binary }) };
      });
    } finally {
      context.signal.removeEventListener('abort', stop);
      client.disconnect();
    }
  },
});

function refused(error: unknown, node: string, itemIndex: number): Error {
  if (error instanceof MillraceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const fix = 'Check the key, what it holds, and the value';
  return new NodeError(message, { node, itemIndex }, { cause: error, fix });
}
