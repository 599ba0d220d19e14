import { EntitySchema } from 'typeorm';

/** A credential. `data` is sealed with its own key, and that key with the instance's. */
export interface CredentialRow {
  id: string;
  projectId: string;
  name: string;
  type: string;
  data: string;
  wrappedKey: string;
  /** JSON list of hosts its secrets may go to; empty is any. */
  hosts: string;
  /** JSON list of the fields that hold a value. */
  filledFields: string;
  /** JSON: how many may use it at once, and how often; null when there is no limit. */
  limits: string | null;
  createdAt: number;
  updatedAt: number;
}

export const CredentialEntity = new EntitySchema<CredentialRow>({
  name: 'credential',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_credential' },
    projectId: { type: 'varchar', length: 36 },
    name: { type: 'varchar', length: 128 },
    type: { type: 'varchar', length: 128 },
    data: { type: 'text' },
    wrappedKey: { type: 'varchar', length: 255 },
    hosts: { type: 'text' },
    filledFields: { type: 'text' },
    limits: { type: 'text', nullable: true },
    createdAt: { type: 'bigint' },
    updatedAt: { type: 'bigint' },
  },
  indices: [{ name: 'ix_credential_project', columns: ['projectId'] }],
  foreignKeys: [
    {
      name: 'fk_credential_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
    },
  ],
});
