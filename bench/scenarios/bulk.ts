import { drawChain } from '../../packages/server/src/testing/draw-chain.ts';
import type { Measurement } from '../measurement.ts';
import { startMillrace, type MillraceProcess } from '../millrace-process.ts';

const MB = 1024 * 1024;
const FILE_BYTES = 200 * MB;
const ITEMS = 10_000;
/** Characters of text per item as sent, and how often a node repeats them: about 100 MB in all. */
const SENT = 1_000;
const REPEATED = 10;

/** M2: what large items and large files add to the memory of the server. */
export async function bulk(): Promise<Measurement[]> {
  const millrace = await startMillrace();
  try {
    await millrace.publish(itemsFlow);
    await millrace.publish(fileFlow);
    const items = await riseMb(millrace, () => sendItems(millrace.base));
    const file = await riseMb(millrace, () => sendFile(millrace.base));
    return [
      row('100 MB of items through 3 nodes, stored: rise', items, '< 300 MB (3 × data)'),
      row('200 MB file in and out: rise', file, '< 64 MB'),
    ];
  } finally {
    await millrace.close();
  }
}

const row = (what: string, subject: number, target: string): Measurement => ({
  id: 'M2',
  what,
  subject,
  unit: 'MB',
  target,
});

async function riseMb(millrace: MillraceProcess, work: () => Promise<void>): Promise<number> {
  millrace.forgetPeak();
  const before = millrace.residentMb();
  await work();
  return millrace.peakMb() - before;
}

async function sendItems(base: string): Promise<void> {
  const list = Array.from({ length: ITEMS }, (_, n) => ({ n, text: 'a text '.repeat(SENT / 7) }));
  const reply = await fetch(`${base}/webhook/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ list }),
  });
  const answer: unknown = await reply.json();
  if (!reply.ok || JSON.stringify(answer) !== '{"last":9999}')
    throw new Error(`The item set came to ${reply.status} ${JSON.stringify(answer)}`);
}

async function sendFile(base: string): Promise<void> {
  const form = new FormData();
  const piece = Buffer.alloc(MB, 'x');
  form.append('data', new Blob(Array.from({ length: FILE_BYTES / MB }, () => piece)), 'large.bin');
  const reply = await fetch(`${base}/webhook/file`, { method: 'POST', body: form });
  let received = 0;
  for await (const bytes of reply.body ?? []) received += bytes.length;
  if (received !== FILE_BYTES) throw new Error(`${received} bytes came back: ${reply.status}`);
}

const itemsFlow = drawChain(
  'Items',
  ['Webhook', 'webhook', { httpMethod: 'POST', path: 'items', responseMode: 'lastNode' }],
  ['Split', 'splitOut', { fieldToSplitOut: 'body.list' }],
  [
    'Grow',
    'set',
    {
      assignments: {
        assignments: [
          { id: 'n', name: 'n', value: '={{ $json.n }}', type: 'number' },
          { id: 't', name: 't', value: `={{ $json.text.repeat(${REPEATED}) }}`, type: 'string' },
        ],
      },
    },
  ],
  ['Keep', 'noOp'],
  ['Last', 'limit', { maxItems: 1, keep: 'lastItems' }],
  [
    'Answer',
    'set',
    {
      assignments: {
        assignments: [{ id: 'l', name: 'last', value: '={{ $json.n }}', type: 'number' }],
      },
    },
  ],
);

const fileFlow = drawChain(
  'File',
  [
    'Webhook',
    'webhook',
    {
      httpMethod: 'POST',
      path: 'file',
      responseMode: 'lastNode',
      responseData: 'firstEntryBinary',
      responseBinaryPropertyName: 'data',
    },
  ],
  ['Keep', 'noOp'],
);
