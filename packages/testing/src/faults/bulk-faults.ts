import { brokenOf, workHolds, type Fault, type FaultContext } from './fault.ts';
import { chain, effect } from './flows.ts';
import { post } from './instance-client.ts';
import { forgetPeak, peakMb, residentMb } from './process-memory.ts';
import type { Instance, Mode, RoleName } from './testbed.ts';
import { judge } from './verdict.ts';

const MB = 1024 * 1024;
const ITEMS = 50_000;
const ITEM_BYTES = 2 * 1000;
const ITEMS_MB = 100;
const FILE_MB = 200;
/**
 * How much any one process may grow: three times the items. Of a file it never holds more than pieces,
 * but V8 lets 64 MB of those that are done with pile up before it looks.
 */
const ITEMS_RISE_MB = 3 * ITEMS_MB;
const FILE_RISE_MB = FILE_MB / 2;

/** F20: many items and a large file go through, and more than is allowed is refused. */
const bulk: Fault = {
  id: 'F20',
  name: `${ITEMS} items of ${ITEMS_MB} MB through 3 nodes, ${FILE_MB} MB file in and out`,
  async run(context) {
    const embedded = await carry(context, 'embedded', ['main']);
    const queue = await carry(context, 'queue', ['main', 'worker']);
    return {
      ...embedded,
      accepted: embedded.accepted + queue.accepted,
      finished: embedded.finished + queue.finished,
      refused: embedded.refused + queue.refused,
      broken: [...embedded.broken, ...queue.broken],
      note: `${embedded.note}; ${queue.note}`,
    };
  },
};

async function carry({ open }: FaultContext, mode: Mode, roles: readonly RoleName[]) {
  const bed = await open({ mode });
  const all = await Promise.all(roles.map((role) => bed.start(role)));
  const [main] = all;
  if (!main) throw new Error('No process was started');
  const client = await bed.signIn(main);
  await client.publish(itemFlow('few', 10));
  await client.publish(itemFlow('many', ITEMS));
  await client.publish(chain('file', [effect()], { webhook: giveBack }));

  // Once small, so that what is loaded at the first time is not counted.
  await post(`${main.url}/webhook/few`, {});
  await sendFile(main.url, 1);
  const items = await risesOf(all, () => post(`${main.url}/webhook/many`, {}));
  const file = await risesOf(all, () => sendFile(main.url, FILE_MB));
  const verdict = await judge(bed, 4);
  const tooLarge = await sendFile(main.url, FILE_MB + 1);
  const tooLong = await fetch(`${main.url}/webhook/few`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'x'.repeat(17 * MB) }),
  });
  const stated = await tooLong.text();
  const broken = brokenOf({
    ...workHolds(verdict, 0),
    'the items arrive': items.result === 200,
    'the file comes back whole': file.result === FILE_MB * MB,
    [`items: each process grows less than ${ITEMS_RISE_MB} MB`]: items.most < ITEMS_RISE_MB,
    [`file: each process grows less than ${FILE_RISE_MB} MB`]: file.most < FILE_RISE_MB,
    'a file over the limit is refused (413)': tooLarge === -413,
    'a body over the limit is refused, with the limit (413)':
      tooLong.status === 413 && stated.includes('16'),
  }).map((each) => `${mode}: ${each}`);
  const rises = `items ${items.rises} MB, file ${file.rises} MB`;
  return { ...verdict, broken, refused: 2, note: `${mode} ${roles.join('/')}: ${rises}` };
}

const itemFlow = (path: string, count: number) =>
  chain(
    path,
    [
      { type: 'faults.bulk', parameters: { count, bytes: ITEM_BYTES } },
      { type: 'n8n-nodes-base.noOp' },
      effect(),
      { type: 'n8n-nodes-base.limit', parameters: { maxItems: 1 } },
    ],
    { webhook: { responseMode: 'lastNode' } },
  );

const giveBack = {
  responseMode: 'lastNode',
  responseData: 'firstEntryBinary',
  responseBinaryPropertyName: 'data',
};

/** @returns how many bytes came back, or the status with a minus when it was refused. */
async function sendFile(base: string, megabytes: number): Promise<number> {
  const form = new FormData();
  const piece = Buffer.alloc(MB, 'x');
  form.append('data', new Blob(Array.from({ length: megabytes }, () => piece)), 'large.bin');
  const reply = await fetch(`${base}/webhook/file`, { method: 'POST', body: form });
  let received = 0;
  for await (const bytes of reply.body ?? []) received += bytes.length;
  return reply.ok ? received : -reply.status;
}

/** By how much each process grew at the most while something was done. */
async function risesOf<T>(instances: readonly Instance[], work: () => Promise<T>) {
  for (const { pid } of instances) forgetPeak(pid);
  const before = instances.map(({ pid }) => residentMb(pid));
  const result = await work();
  const rises = instances.map(({ pid }, at) => Math.round(peakMb(pid) - (before[at] ?? 0)));
  return { result, most: Math.max(...rises), rises: rises.join('/') };
}

export const bulkFaults: readonly Fault[] = [bulk];
