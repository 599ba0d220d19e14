import { MillraceError } from '@millrace/workflow/errors';
import { MoreThan, type EntityManager } from 'typeorm';
import { ProcessEntity, type ProcessRow } from './entities/process.entity.ts';

/** Something that must not be done under a running instance. */
export interface Act {
  /** As a person calls it, such as `millrace key rotate`. */
  readonly command: string;
  readonly leaseSeconds: number;
}

/** @throws {InstanceRunningError} when a process of the instance has shown life within a lease. */
export async function requireStopped(manager: EntityManager, act: Act): Promise<void> {
  const runner = manager.queryRunner ?? manager.connection.createQueryRunner();
  // The oldest databases have no list of processes.
  const isKept = await runner.hasTable('process');
  if (runner !== manager.queryRunner) await runner.release();
  if (!isKept) return;
  const since = (await databaseNow(manager)) - act.leaseSeconds * 1000;
  const alive = await manager.findBy(ProcessEntity, { seenAt: MoreThan(since) });
  if (alive.length) throw new InstanceRunningError(act, alive);
}

/** Processes write when they were seen by the database's clock. */
async function databaseNow(manager: EntityManager): Promise<number> {
  if (manager.connection.options.type !== 'postgres') return Date.now();
  const [row]: readonly { readonly now: number }[] = await manager.query(
    'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint) AS "now"',
  );
  return Number(row?.now);
}

/** A command that needs the instance at rest met processes of it. */
export class InstanceRunningError extends MillraceError<{ processes: readonly string[] }> {
  readonly code = 'CLI_INSTANCE_RUNNING';

  constructor({ command, leaseSeconds }: Act, rows: readonly ProcessRow[]) {
    const processes = rows.map(({ role, host, pid }) => `${role} on ${host} (process ${pid})`);
    super(`"${command}" needs the instance stopped, but it runs: ${processes.join(', ')}`, {
      details: { processes },
      fix: `Stop every process and try again; one that was killed counts as running for ${leaseSeconds} s`,
    });
  }
}
