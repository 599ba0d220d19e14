import { EntitySchema } from 'typeorm';

/** Somebody is at a service's consent page. The row is taken away by the answer that comes back. */
export interface OAuth2FlowRow {
  /** SHA-256 of the nonce in the state. */
  id: string;
  credentialId: string;
  userId: string;
  /** PKCE: its hash went out, it follows with the code. */
  codeVerifier: string;
  expiresAt: number;
}

export const OAuth2FlowEntity = new EntitySchema<OAuth2FlowRow>({
  name: 'oauth2_flow',
  columns: {
    id: { type: 'varchar', length: 64, primary: true, primaryKeyConstraintName: 'pk_oauth2_flow' },
    credentialId: { type: 'varchar', length: 36 },
    userId: { type: 'varchar', length: 36 },
    codeVerifier: { type: 'varchar', length: 128 },
    expiresAt: { type: 'bigint' },
  },
  foreignKeys: [
    {
      name: 'fk_oauth2_flow_credential',
      target: 'credential',
      columnNames: ['credentialId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** The right to renew the tokens of one credential, held by one process at a time. */
export interface OAuth2RenewalRow {
  credentialId: string;
  owner: string;
  until: number;
}

export const OAuth2RenewalEntity = new EntitySchema<OAuth2RenewalRow>({
  name: 'oauth2_renewal',
  columns: {
    credentialId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_oauth2_renewal',
    },
    owner: { type: 'varchar', length: 36 },
    until: { type: 'bigint' },
  },
  foreignKeys: [
    {
      name: 'fk_oauth2_renewal_credential',
      target: 'credential',
      columnNames: ['credentialId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
