import { EntitySchema } from 'typeorm';

/** One start, or request, that counts towards a rate; kept as long as it does. By the database's time. */
export interface RateStartRow {
  id: string;
  /** What is limited: a workflow, a key of one, or a credential. */
  scope: string;
  /** In the future while it waits for its turn. */
  at: number;
  /** From then on it counts no more. */
  until: number;
  executionId: string | null;
  node: string | null;
}

export const RateStartEntity = new EntitySchema<RateStartRow>({
  name: 'rate_start',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_rate_start' },
    scope: { type: 'varchar', length: 256 },
    at: { type: 'bigint' },
    until: { type: 'bigint' },
    executionId: { type: 'varchar', length: 36, nullable: true },
    node: { type: 'varchar', length: 256, nullable: true },
  },
  indices: [
    { name: 'ix_rate_start_scope', columns: ['scope', 'at'] },
    { name: 'ix_rate_start_until', columns: ['until'] },
    { name: 'ix_rate_start_execution', columns: ['executionId'] },
  ],
});

/** A place in the line of a credential. The first ones, as many as its limit says, may use it. */
export interface CredentialSlotRow {
  id: string;
  credentialId: string;
  place: number;
  executionId: string | null;
  node: string | null;
  /** The place is given up when its process is not heard of by then. The database's time. */
  until: number;
}

export const CredentialSlotEntity = new EntitySchema<CredentialSlotRow>({
  name: 'credential_slot',
  columns: {
    id: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_credential_slot',
    },
    credentialId: { type: 'varchar', length: 36 },
    place: { type: 'integer' },
    executionId: { type: 'varchar', length: 36, nullable: true },
    node: { type: 'varchar', length: 256, nullable: true },
    until: { type: 'bigint' },
  },
  indices: [
    { name: 'ix_credential_slot_place', columns: ['credentialId', 'place'] },
    { name: 'ix_credential_slot_execution', columns: ['executionId'] },
  ],
  foreignKeys: [
    {
      name: 'fk_credential_slot_credential',
      target: 'credential',
      columnNames: ['credentialId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
