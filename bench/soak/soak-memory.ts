import { readFileSync, readdirSync } from 'node:fs';
import type { QueueInstance } from '../queue-instance.ts';
import { liveHeapMb } from './live-heap.ts';
import type { Point } from './slope.ts';

/** Resident memory over time, MB, by what it is of. */
export type MemorySeries = Map<string, Point[]>;

/**
 * Adds what each process still needs after a full collection. Without these, garbage would pile up for
 * longer than a soak lasts, and look like growth.
 */
export async function sampleLiveHeap(
  series: MemorySeries,
  instance: QueueInstance,
  minute: () => number,
): Promise<void> {
  for (const { name, process } of named(instance))
    add(series, `live heap of ${name}`, { minute: minute(), value: await liveHeapMb(process) });
}

/** Adds what each process holds now. The processes that run user code are summed by who started them. */
export function sampleMemory(series: MemorySeries, instance: QueueInstance, minute: number): void {
  const note = (name: string, value: number) => add(series, name, { minute, value });
  const parents = childrenByParent();
  for (const { name, process } of named(instance)) {
    note(name, residentMb(process.pid) ?? 0);
    const children = parents.get(process.pid) ?? [];
    if (process.command === 'webhook' || children.length === 0) continue;
    note(
      `code of ${name}`,
      children.reduce((sum, pid) => sum + (residentMb(pid) ?? 0), 0),
    );
  }
}

function add(series: MemorySeries, name: string, point: Point): void {
  const points = series.get(name) ?? [];
  series.set(name, points);
  points.push(point);
}

function named({ processes }: QueueInstance) {
  return processes.map((process, at) => {
    const same = processes.filter(({ command }) => command === process.command);
    const number = processes.slice(0, at + 1).filter(({ command }) => command === process.command);
    const role = process.command === 'start' ? 'main' : process.command;
    return { process, name: same.length > 1 ? `${role} ${number.length}` : role };
  });
}

function childrenByParent(): Map<number, number[]> {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(/^PPid:\s+(\d+)/m.exec(statusOf(Number(name)))?.[1]);
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  return parents;
}

function residentMb(pid: number): number | undefined {
  const found = /^VmRSS:\s+(\d+)/m.exec(statusOf(pid))?.[1];
  return found === undefined ? undefined : Number(found) / 1024;
}

/** Empty when it has ended. */
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
