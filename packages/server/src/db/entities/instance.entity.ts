import { EntitySchema } from 'typeorm';

/** A value expressions read as `$vars.key`. */
export interface VariableRow {
  id: string;
  key: string;
  value: string;
}

export const VariableEntity = new EntitySchema<VariableRow>({
  name: 'variable',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_variable' },
    key: { type: 'varchar', length: 64 },
    value: { type: 'text' },
  },
  uniques: [{ name: 'uq_variable_key', columns: ['key'] }],
});

/** What the instance remembers about itself. */
export interface SettingRow {
  key: string;
  value: string;
}

export const SettingEntity = new EntitySchema<SettingRow>({
  name: 'setting',
  columns: {
    key: { type: 'varchar', length: 64, primary: true, primaryKeyConstraintName: 'pk_setting' },
    value: { type: 'text' },
  },
});

/** An act of consequence: who, what, to what. Never changed. */
export interface AuditRow {
  id: string;
  at: number;
  userId: string | null;
  action: string;
  target: string;
  /** JSON object. */
  details: string;
}

export const AuditEntity = new EntitySchema<AuditRow>({
  name: 'audit',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_audit' },
    at: { type: 'bigint' },
    userId: { type: 'varchar', length: 36, nullable: true },
    action: { type: 'varchar', length: 64 },
    target: { type: 'varchar', length: 128 },
    details: { type: 'text' },
  },
  indices: [{ name: 'ix_audit_at', columns: ['at'] }],
});
