import { hostname } from 'node:os';
import { LessThan } from 'typeorm';
import { ProcessEntity, type Database } from '../db/index.ts';
import type { Leases } from './leases.ts';
import type { ProcessRole } from './runtime.types.ts';

/** This process among the others, as rows tell who is there. */
export interface Presence {
  /** Says that this process is there, and takes down who has been silent for long. */
  tell(): Promise<void>;
  leave(): Promise<void>;
}

/** Silent for so many leases, a process is taken off the list. */
const FORGOTTEN_AFTER_LEASES = 4;

export function createPresence(
  db: Database,
  { leases, role, concurrency }: { leases: Leases; role: ProcessRole; concurrency: number },
): Presence {
  const { owner: id, clock, leaseMs } = leases;
  const state: { startedAt?: number } = {};

  return {
    async tell() {
      const seenAt = clock.now();
      state.startedAt ??= seenAt;
      const { startedAt } = state;
      const row = { id, role, host: hostname(), pid: process.pid, concurrency, startedAt, seenAt };
      await db.transaction(async (manager) => {
        await manager.getRepository(ProcessEntity).upsert(row, ['id']);
        const silent = { seenAt: LessThan(seenAt - FORGOTTEN_AFTER_LEASES * leaseMs) };
        await manager.delete(ProcessEntity, silent);
      });
    },
    async leave() {
      await db.transaction((manager) => manager.delete(ProcessEntity, { id }));
    },
  };
}
