import ivm from 'isolated-vm';

import type { FromChild } from '../messages.ts';
import { createAttempt } from './guest/attempt.ts';
import { createBridge } from './guest/bridge.ts';
import { installBytes } from './guest/bytes.ts';
import { installSurroundings } from './guest/surroundings.ts';
import { installWorkflowData } from './guest/workflow-data.ts';
import { answerLocally } from './url-answers.ts';

export interface Attempt {
  readonly job: string;
  /** Sources to run first, such as Luxon. */
  readonly libraries: readonly string[];
  readonly timeoutMs: number;
  /** JSON text of `{ok, value | message}`. */
  askParent(name: string, args: readonly unknown[]): Promise<string>;
}

export interface Guest {
  attempt(attempt: Attempt): Promise<Extract<FromChild, { type: 'done' | 'broken' }>>;
}

/**
 * The guest's own code, as text. One door in (`receive`), two out: `$0` posts text, `$1` asks and
 * waits. `$1` is the only reference the isolate holds; it stays in this closure, and what it reaches
 * is a function from text to text in a process without rights.
 */
const guestSource = `
for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete globalThis[name];
const bridge = (${createBridge.toString()})($0, $1);
(${installBytes.toString()})(bridge);
const surroundings = (${installSurroundings.toString()})(bridge);
const installWorkflowData = ${installWorkflowData.toString()};
const attempt = (${createAttempt.toString()})(bridge, surroundings, (job) => installWorkflowData(bridge, job));
return (kind, id, text) => {
  if (kind === 'start') attempt(text);
  else if (kind === 'timer') surroundings.fireTimer(id);
  else bridge.settle(id, text);
};`;

const ignore = () => {};
const noAnswer = () => '';

/** A fresh isolate with everything in it but the user's code. */
export async function prepareGuest(memoryMb: number): Promise<Guest> {
  let crash: (message: string) => void = ignore;
  const isolate = new ivm.Isolate({
    memoryLimit: memoryMb,
    onCatastrophicError: (message) => crash(message),
  });
  const context = await isolate.createContext();
  let onPost: (kind: string, id: number, text: string) => void = ignore;
  let onAsk: (name: string, args: string) => Promise<string> | string = noAnswer;
  const receive: ivm.Reference<(kind: string, id: number, text: string) => void> =
    await context.evalClosure(
      guestSource,
      [
        new ivm.Callback(
          (kind: unknown, id: unknown, text: unknown) =>
            onPost(String(kind), Number(id), String(text)),
          { ignored: true },
        ),
        new ivm.Reference((name: unknown, args: unknown) => onAsk(String(name), String(args))),
      ],
      { result: { reference: true } },
    );

  return {
    attempt: ({ job, libraries, timeoutMs, askParent }) =>
      new Promise((resolve) => {
        const timers = new Set<NodeJS.Timeout>();
        const end = (result: Extract<FromChild, { type: 'done' | 'broken' }>) => {
          for (const timer of timers) clearTimeout(timer);
          onPost = ignore;
          resolve(result);
          if (!isolate.isDisposed) isolate.dispose();
        };
        const after = (ms: number, run: () => void) => {
          const timer = setTimeout(() => {
            timers.delete(timer);
            run();
          }, ms);
          timers.add(timer);
        };
        const failed = (error: unknown) => {
          const text = error instanceof Error ? error.message : String(error);
          end({ type: 'broken', reason: /memory limit/i.test(text) ? 'memory' : 'crash', text });
        };
        const tell = (kind: string, id: number, text: string) =>
          void receive.apply(undefined, [kind, id, text]).catch(failed);

        crash = (text) => end({ type: 'broken', reason: 'memory', text });
        after(timeoutMs, () => end({ type: 'broken', reason: 'timeout', text: '' }));
        onAsk = (name, args) => answerLocally(name, args) ?? askParent(name, listOf(args));
        onPost = (kind, id, text) => {
          if (kind === 'done') end({ type: 'done', text });
          else if (kind === 'timer') after(Number(text), () => tell('timer', id, ''));
          else if (kind === 'call')
            void answerCall(text, askParent).then((answer) => tell('answer', id, answer));
        };
        void runLibraries(isolate, context, libraries).then(() => tell('start', 0, job), failed);
      }),
  };
}

async function runLibraries(
  isolate: ivm.Isolate,
  context: ivm.Context,
  libraries: readonly string[],
) {
  for (const source of libraries) {
    const script = await isolate.compileScript(source);
    await script.run(context);
  }
}

async function answerCall(text: string, askParent: Attempt['askParent']): Promise<string> {
  const { name, args } = JSON.parse(text);
  return askParent(String(name), Array.isArray(args) ? args : []);
}

function listOf(text: string): readonly unknown[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [];
}
