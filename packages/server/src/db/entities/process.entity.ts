import { EntitySchema } from 'typeorm';

/** A process that runs executions or accepts them, as it last said. Instants: ms by the database's clock. */
export interface ProcessRow {
  /** The `leaseOwner` of what it holds. */
  id: string;
  role: 'main' | 'worker' | 'webhook';
  host: string;
  pid: number;
  /** Executions it may have under way at once; 0 when it runs none. */
  concurrency: number;
  startedAt: number;
  seenAt: number;
}

export const ProcessEntity = new EntitySchema<ProcessRow>({
  name: 'process',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_process' },
    role: { type: 'varchar', length: 16 },
    host: { type: 'varchar', length: 256 },
    pid: { type: 'integer' },
    concurrency: { type: 'integer' },
    startedAt: { type: 'bigint' },
    seenAt: { type: 'bigint' },
  },
});
