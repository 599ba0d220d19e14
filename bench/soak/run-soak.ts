import { setTimeout as delay } from 'node:timers/promises';
import type { QueueInstance } from '../queue-instance.ts';
import type { SoakOptions } from './options.ts';
import type { Point } from './slope.ts';
import { callPaths } from './soak-load.ts';
import { sampleLiveHeap, sampleMemory, type MemorySeries } from './soak-memory.ts';
import { openSoakStore } from './soak-store.ts';
import { publishSoakWorkflows } from './soak-workflows.ts';

const LEASE_SECONDS = 30;
const FULL_LOAD_SECONDS = 15;
const SAMPLE_MS = 5000;
const PRUNE_MS = 20_000;
const LIVE_HEAP_MS = 20_000;
const DRAIN_MS = 120_000;
/** Of the time the load is held; memory settles meanwhile. */
const WARM_UP_SHARE = 0.2;
const MAX_WARM_UP_MINUTES = 3;

export const SOAK_ENV = {
  MILLRACE_LEASE_SECONDS: `${LEASE_SECONDS}`,
  MILLRACE_CONCURRENCY: '50',
  BENCH_INSPECT: '1',
};

/** What a soak saw; memory, Redis and stores without the warm-up. */
export interface SoakRun {
  readonly minutes: number;
  readonly perSecond: number;
  readonly leaseSeconds: number;
  /** Ended executions that retention keeps. */
  readonly keptCount: number;
  readonly memory: MemorySeries;
  readonly redisMb: readonly Point[];
  readonly queued: readonly Point[];
  readonly databaseMb: readonly Point[];
  readonly executions: readonly Point[];
  readonly oldestRunningSeconds: number;
  readonly overdueSeconds: number;
  readonly accepted: number;
  readonly refused: number;
  readonly p99Ms: number;
  readonly created: number;
  readonly ended: number;
  readonly failed: number;
  /** Not ended when the time to end was over. */
  readonly open: number;
}

/** Measures full load, then holds half of it and watches. */
export async function runSoak(
  instance: QueueInstance,
  { minutes, rate, signal }: SoakOptions & { readonly signal: AbortSignal },
): Promise<SoakRun> {
  await instance.start('webhook');
  await Promise.all([instance.start('worker'), instance.start('worker')]);
  const paths = await publishSoakWorkflows(instance.owner);
  const store = openSoakStore({ database: instance.databaseUrl, redis: instance.redis.url });
  try {
    const full = rate === undefined ? await fullLoad(instance, { paths, store, signal }) : rate * 2;
    signal.throwIfAborted();
    const perSecond = Math.max(1, Math.round(full / 2));
    console.log(`Full load ${Math.round(full)}/s; holding ${perSecond}/s for ${minutes} min`);
    return await hold(instance, { paths, store, signal, minutes, perSecond });
  } finally {
    await store.close();
  }
}

type Store = ReturnType<typeof openSoakStore>;
interface Held {
  readonly paths: readonly string[];
  readonly store: Store;
  readonly signal: AbortSignal;
}

/** Executions a second from the first call until the last has ended, as fast as answers come. */
async function fullLoad(instance: QueueInstance, { paths, store, signal }: Held): Promise<number> {
  const startedAt = performance.now();
  const base = doorOf(instance);
  const { accepted } = await callPaths(base, paths, { seconds: FULL_LOAD_SECONDS, signal });
  await drained(store, signal);
  return (accepted * 1000) / (performance.now() - startedAt);
}

async function hold(
  instance: QueueInstance,
  { paths, store, signal, minutes, perSecond }: Held & { minutes: number; perSecond: number },
): Promise<SoakRun> {
  const keptCount = Math.max(1000, perSecond * 60);
  await instance.owner.api('PUT', '/retention', {
    maxAgeDays: null,
    maxCount: keptCount,
    maxSizeMb: null,
  });
  // What full load left does not count.
  await instance.owner.api('POST', '/retention/prune');
  await store.stretch({ isLast: true });

  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const pruning = every(PRUNE_MS, stop, () => instance.owner.api('POST', '/retention/prune'));
  const watched = watch(instance, { store, signal: stop, minutes });
  const seconds = minutes * 60;
  const load = await callPaths(doorOf(instance), paths, { seconds, perSecond, signal });
  ending.abort();
  await pruning;
  const seen = await watched;
  const open = await drained(store, signal);
  const last = await store.stretch({ isLast: true });
  return {
    ...load,
    ...seen,
    created: seen.created + last.created,
    ended: seen.ended + last.ended,
    failed: seen.failed + last.failed,
    open,
    minutes,
    perSecond,
    keptCount,
    leaseSeconds: LEASE_SECONDS,
  };
}

/** Looks every few seconds until the end, and says each minute how it goes. */
async function watch(
  instance: QueueInstance,
  { store, signal, minutes }: { store: Store; signal: AbortSignal; minutes: number },
) {
  const startedAt = performance.now();
  const memory: MemorySeries = new Map();
  const redisMb: Point[] = [];
  const queued: Point[] = [];
  const databaseMb: Point[] = [];
  const executions: Point[] = [];
  const seen = { oldestRunningSeconds: 0, overdueSeconds: 0, created: 0, ended: 0, failed: 0 };
  const warmUp = Math.min(minutes * WARM_UP_SHARE, MAX_WARM_UP_MINUTES);
  const minuteNow = () => (performance.now() - startedAt) / 60_000;
  const collecting = every(LIVE_HEAP_MS, signal, () =>
    sampleLiveHeap(minuteNow() < warmUp ? new Map() : memory, instance, minuteNow),
  );
  await every(SAMPLE_MS, signal, async () => {
    const state = await store.look();
    const stretch = await store.stretch();
    seen.created += stretch.created;
    seen.ended += stretch.ended;
    seen.failed += stretch.failed;
    seen.oldestRunningSeconds = Math.max(seen.oldestRunningSeconds, state.oldestRunningSeconds);
    seen.overdueSeconds = Math.max(seen.overdueSeconds, state.overdueSeconds);
    const minute = minuteNow();
    if (minute < warmUp) return;
    sampleMemory(memory, instance, minute);
    redisMb.push({ minute, value: state.redisMb });
    queued.push({ minute, value: state.queued });
    databaseMb.push({ minute, value: state.databaseMb });
    executions.push({ minute, value: state.executions });
  });
  await collecting;
  return { ...seen, memory, redisMb, queued, databaseMb, executions };
}

/** Waits until all executions have ended; gives how many have not when the time is over. */
async function drained(store: Store, signal: AbortSignal): Promise<number> {
  const deadline = Date.now() + DRAIN_MS;
  let open = await store.open();
  while (open > 0 && Date.now() < deadline && !signal.aborted) {
    await delay(250);
    open = await store.open();
  }
  return open;
}

async function every(ms: number, signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    const started = performance.now();
    await work();
    const rest = Math.max(0, ms - (performance.now() - started));
    await delay(rest, undefined, { signal }).catch(() => undefined);
  }
}

const doorOf = ({ processes, main }: QueueInstance): string =>
  (processes.find(({ command }) => command === 'webhook') ?? main).base;
