// @vitest-environment happy-dom
import type { PushEvent } from '@millrace/api';
import { expect, test } from 'vitest';
import { createPushClient, type PushSocket } from './push.ts';

const finished: PushEvent = {
  type: 'execution-finished',
  executionId: 'e1',
  workflowId: 'w1',
  status: 'success',
  finishedAt: 1,
};

test('opens with the first subscription and asks for each workflow once', () => {
  const { client, sockets } = setUp();
  expect(sockets).toHaveLength(0);
  client.subscribe('w1', () => {});
  client.subscribe('w1', () => {});
  client.subscribe('w2', () => {});
  expect(sockets).toHaveLength(1);
  sockets[0]?.connect();
  expect(sockets[0]?.sent).toEqual([
    { type: 'subscribe', workflowId: 'w1' },
    { type: 'subscribe', workflowId: 'w2' },
  ]);
});

test('hands an event to the listeners of its workflow only', () => {
  const { client, sockets } = setUp();
  const heard: string[] = [];
  client.subscribe('w1', () => heard.push('w1'));
  client.subscribe('w2', () => heard.push('w2'));
  sockets[0]?.connect();
  sockets[0]?.tell(finished);
  sockets[0]?.tell({ type: 'unheard-of', workflowId: 'w1' });
  expect(heard).toEqual(['w1']);
});

test('takes back a subscription with its last listener', () => {
  const { client, sockets } = setUp();
  const stopFirst = client.subscribe('w1', () => {});
  const stopSecond = client.subscribe('w1', () => {});
  sockets[0]?.connect();
  stopFirst();
  expect(sockets[0]?.sent).toHaveLength(1);
  stopSecond();
  stopSecond();
  expect(sockets[0]?.sent.slice(1)).toEqual([{ type: 'unsubscribe', workflowId: 'w1' }]);
});

test('comes back after a loss, waits longer each time, subscribes again and says so', () => {
  const { client, sockets, waits, passTime } = setUp();
  const gaps: string[] = [];
  client.onReconnect(() => gaps.push('gap'));
  client.subscribe('w1', () => {});
  sockets[0]?.connect();
  sockets[0]?.lose();
  passTime();
  sockets[1]?.lose();
  passTime();
  sockets[2]?.connect();
  expect(waits).toEqual([500, 1000]);
  expect(sockets[2]?.sent).toEqual([{ type: 'subscribe', workflowId: 'w1' }]);
  expect(gaps).toEqual(['gap']);
});

test('stays closed once closed', () => {
  const { client, sockets, waits } = setUp();
  client.subscribe('w1', () => {});
  sockets[0]?.connect();
  client.close();
  expect(sockets[0]?.readyState).toBe(3);
  client.subscribe('w2', () => {});
  expect(sockets).toHaveLength(1);
  expect(waits).toEqual([]);
});

function setUp() {
  const sockets: FakeSocket[] = [];
  const waits: number[] = [];
  const due: (() => void)[] = [];
  const client = createPushClient({
    open: () => {
      const socket = fakeSocket();
      sockets.push(socket);
      return socket;
    },
    later: (callback, delayMs) => {
      waits.push(delayMs);
      due.push(callback);
      return () => due.splice(due.indexOf(callback), 1);
    },
  });
  return { client, sockets, waits, passTime: () => due.shift()?.() };
}

interface FakeSocket extends PushSocket {
  readyState: number;
  readonly sent: unknown[];
  readonly connect: () => void;
  readonly tell: (event: unknown) => void;
  readonly lose: () => void;
}

function fakeSocket(): FakeSocket {
  const events = new EventTarget();
  const socket: FakeSocket = {
    readyState: 0,
    sent: [],
    send: (data) => socket.sent.push(JSON.parse(data)),
    close: () => socket.lose(),
    addEventListener: (type, listener) => events.addEventListener(type, listener),
    connect() {
      socket.readyState = 1;
      events.dispatchEvent(new Event('open'));
    },
    tell(event) {
      events.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }));
    },
    lose() {
      socket.readyState = 3;
      events.dispatchEvent(new Event('close'));
    },
  };
  return socket;
}
