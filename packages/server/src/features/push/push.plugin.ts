import websocket from '@fastify/websocket';
import type { PushCommand, PushEvent } from '@millrace/api';
import type { FastifyPluginAsync } from 'fastify';
import { callerOf, type Caller } from '../../platform/index.ts';
import type { EventBus } from '../../runtime/index.ts';

export interface PushServices {
  readonly bus: EventBus;
  /** Rejects when the caller may not read the workflow. */
  mayRead(caller: Caller, workflowId: string): Promise<unknown>;
}

/** A client that lets more than this pile up is cut off; it comes back and reads the records. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
const MAX_COMMAND_BYTES = 4096;
const MAX_WORKFLOWS = 100;

/** `/push`: what happens in the workflows a client asked about, as it happens. */
export const pushPlugin: FastifyPluginAsync<PushServices> = async (app, { bus, mayRead }) => {
  await app.register(websocket, { options: { maxPayload: MAX_COMMAND_BYTES } });

  app.get('/push', { websocket: true, config: { access: 'workflow:read' } }, (socket, request) => {
    const caller = callerOf(request);
    const workflows = new Set<string>();

    const stop = bus.subscribe((event) => {
      if (event.type === 'triggers-changed' || !workflows.has(event.workflowId)) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(1013, 'Too slow');
      else socket.send(JSON.stringify(event satisfies PushEvent));
    });
    socket.on('close', stop);
    socket.on('error', stop);

    socket.on('message', (data: { toString(): string }) => {
      const command = readCommand(data.toString());
      if (!command) return socket.close(1008, 'Not a command');
      if (command.type === 'unsubscribe') workflows.delete(command.workflowId);
      else if (workflows.size >= MAX_WORKFLOWS) socket.close(1008, 'Too many workflows');
      else void subscribe(command.workflowId);
    });

    async function subscribe(workflowId: string): Promise<void> {
      try {
        await mayRead(caller, workflowId);
        workflows.add(workflowId);
      } catch {
        socket.close(1008, 'No such workflow');
      }
    }
  });
};

function readCommand(text: string): PushCommand | undefined {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given !== 'object' || given === null) return undefined;
    if (!('type' in given) || !('workflowId' in given)) return undefined;
    const { type, workflowId } = given;
    if (type !== 'subscribe' && type !== 'unsubscribe') return undefined;
    return typeof workflowId === 'string' ? { type, workflowId } : undefined;
  } catch {
    return undefined;
  }
}
