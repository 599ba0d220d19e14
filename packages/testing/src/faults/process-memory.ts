import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** What a process takes up of the machine's memory, in MB. */
export const residentMb = (pid: number): number => statusMb(pid, 'VmRSS');

/** The most it took up since {@link forgetPeak}. */
export const peakMb = (pid: number): number => statusMb(pid, 'VmHWM');

export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(statusOf(pid))?.[1]);
  } catch {
    // It has ended since the folder was listed.
    return undefined;
  }
}

const statusMb = (pid: number, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(statusOf(pid))?.[1]) / 1024;

const statusOf = (pid: number): string => readFileSync(`/proc/${pid}/status`, 'utf8');
