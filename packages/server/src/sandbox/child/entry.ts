import type { FromChild, ToChild } from '../messages.ts';
import { prepareGuest, type Guest } from './guest.ts';
import { watchOwnMemory } from './own-memory.ts';

/**
 * The child process of the code pool. It has no environment, no files but its own, and one channel.
 * One attempt at a time; the next isolate is made while nobody waits.
 */
const [memoryMb = 128, processMb = 512] = process.argv.slice(2).map(Number);
let next: Promise<Guest> = prepareGuest(memoryMb);
let answer: ((call: number, text: string) => void) | undefined;

process.on('message', (message: ToChild) => {
  if (message.type === 'run') void run(message);
  else answer?.(message.call, message.text);
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
watchOwnMemory(processMb, () => send({ type: 'broken', reason: 'memory', text: '' }));
send({ type: 'ready' });

async function run({
  job,
  libraries,
  timeoutMs,
}: Extract<ToChild, { type: 'run' }>): Promise<void> {
  const guest = await next;
  const asked = new Map<number, (text: string) => void>();
  let lastCall = 0;
  answer = (call, text) => {
    asked.get(call)?.(text);
    asked.delete(call);
  };
  const result = await guest.attempt({
    job,
    libraries,
    timeoutMs,
    askParent(name, args) {
      const call = ++lastCall;
      const text = new Promise<string>((resolve) => asked.set(call, resolve));
      send({ type: 'call', call, name, args });
      return text;
    },
  });
  answer = undefined;
  send(result);
  next = prepareGuest(memoryMb);
}

function send(message: FromChild): void {
  process.send?.(message);
}
