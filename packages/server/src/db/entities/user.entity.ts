import { EntitySchema } from 'typeorm';

export interface UserRow {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  role: 'owner' | 'admin' | 'member';
  passwordHash: string;
  createdAt: number;
  updatedAt: number;
}

export const UserEntity = new EntitySchema<UserRow>({
  name: 'user',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_user' },
    email: { type: 'varchar', length: 254 },
    name: { type: 'varchar', length: 100 },
    role: { type: 'varchar', length: 16 },
    passwordHash: { type: 'varchar', length: 255 },
    createdAt: { type: 'bigint' },
    updatedAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_user_email', columns: ['email'] }],
});

/** A signed-in browser. The cookie holds the token, the row its hash. */
export interface SessionRow {
  id: string;
  userId: string;
  createdAt: number;
  expiresAt: number;
}

export const SessionEntity = new EntitySchema<SessionRow>({
  name: 'session',
  columns: {
    id: { type: 'varchar', length: 64, primary: true, primaryKeyConstraintName: 'pk_session' },
    userId: { type: 'varchar', length: 36 },
    createdAt: { type: 'bigint' },
    expiresAt: { type: 'bigint' },
  },
  indices: [{ name: 'ix_session_user', columns: ['userId'] }],
  foreignKeys: [
    {
      name: 'fk_session_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

export interface ApiKeyRow {
  id: string;
  userId: string;
  name: string;
  /** SHA-256 of the key. */
  hash: string;
  hint: string;
  /** JSON list of scopes; null is all of the user's. */
  scopes: string | null;
  expiresAt: number | null;
  lastUsedAt: number | null;
  createdAt: number;
}

export const ApiKeyEntity = new EntitySchema<ApiKeyRow>({
  name: 'api_key',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_api_key' },
    userId: { type: 'varchar', length: 36 },
    name: { type: 'varchar', length: 100 },
    hash: { type: 'varchar', length: 64 },
    hint: { type: 'varchar', length: 16 },
    scopes: { type: 'text', nullable: true },
    expiresAt: { type: 'bigint', nullable: true },
    lastUsedAt: { type: 'bigint', nullable: true },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_api_key_hash', columns: ['hash'] }],
  foreignKeys: [
    {
      name: 'fk_api_key_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
