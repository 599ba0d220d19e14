import type { PushCommand, PushEvent } from '@millrace/api';

/** What of a `WebSocket` the push client uses. */
export interface PushSocket {
  readonly readyState: number;
  readonly send: (data: string) => void;
  readonly close: () => void;
  readonly addEventListener: (
    type: 'open' | 'message' | 'close',
    listener: (event: Event) => void,
  ) => void;
}

export interface PushClient {
  /** Hears every event of this workflow until the returned function is called. */
  readonly subscribe: (workflowId: string, listener: PushListener) => () => void;
  /** Calls back after each time the connection was lost and is there again: reload what you show. */
  readonly onReconnect: (listener: () => void) => () => void;
  readonly close: () => void;
}

export type PushListener = (event: PushEvent) => void;

export interface PushOptions {
  readonly open: () => PushSocket;
  /** Waits before try `attempt` (1, 2, …); returns how to give up waiting. */
  readonly later?: (callback: () => void, delayMs: number) => () => void;
}

/**
 * A connection to `/push` that opens with the first subscription, comes back by itself and then
 * subscribes again. Nobody subscribed: no connection.
 */
export function createPushClient({ open, later = timeout }: PushOptions): PushClient {
  const listeners = new Map<string, Set<PushListener>>();
  const reconnectListeners = new Set<() => void>();
  const state: State = { socket: undefined, attempt: 0, isClosed: false, giveUp: undefined };

  function connect() {
    if (state.socket || state.isClosed || listeners.size === 0) return;
    const socket = open();
    state.socket = socket;
    socket.addEventListener('open', onOpen);
    socket.addEventListener('message', (event) => deliver(parse(event)));
    socket.addEventListener('close', onClose);
  }

  function onOpen() {
    const isAgain = state.attempt > 0;
    state.attempt = 0;
    for (const workflowId of listeners.keys()) tell({ type: 'subscribe', workflowId });
    if (isAgain) for (const listener of reconnectListeners) listener();
  }

  function onClose() {
    state.socket = undefined;
    if (state.isClosed || listeners.size === 0) return;
    state.attempt += 1;
    state.giveUp = later(connect, backoffMs(state.attempt));
  }

  function deliver(event: PushEvent | undefined) {
    if (!event) return;
    for (const listener of listeners.get(event.workflowId) ?? []) listener(event);
  }

  function tell(command: PushCommand) {
    if (state.socket?.readyState === OPEN) state.socket.send(JSON.stringify(command));
  }

  function subscribe(workflowId: string, listener: PushListener) {
    const known = listeners.get(workflowId);
    if (known) {
      known.add(listener);
    } else {
      listeners.set(workflowId, new Set([listener]));
      tell({ type: 'subscribe', workflowId });
    }
    connect();

    return () => {
      const rest = listeners.get(workflowId);
      if (!rest?.delete(listener) || rest.size > 0) return;
      listeners.delete(workflowId);
      tell({ type: 'unsubscribe', workflowId });
    };
  }

  return {
    subscribe,
    onReconnect(listener) {
      reconnectListeners.add(listener);
      return () => reconnectListeners.delete(listener);
    },
    close() {
      state.isClosed = true;
      state.giveUp?.();
      state.socket?.close();
    },
  };
}

interface State {
  socket: PushSocket | undefined;
  attempt: number;
  isClosed: boolean;
  giveUp: (() => void) | undefined;
}

const OPEN = 1;
const eventTypes: ReadonlySet<string> = new Set<PushEvent['type']>([
  'execution-started',
  'run-started',
  'run-finished',
  'execution-finished',
  'workflow-changed',
]);

/** 0.5 s, then twice as long each time, 15 s at most. */
const backoffMs = (attempt: number) => Math.min(15_000, 500 * 2 ** (attempt - 1));

function timeout(callback: () => void, delayMs: number) {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

function parse(message: Event): PushEvent | undefined {
  if (!(message instanceof MessageEvent) || typeof message.data !== 'string') return undefined;
  const event: unknown = JSON.parse(message.data);
  return isPushEvent(event) ? event : undefined;
}

function isPushEvent(value: unknown): value is PushEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'workflowId' in value &&
    'type' in value &&
    eventTypes.has(String(value.type))
  );
}
