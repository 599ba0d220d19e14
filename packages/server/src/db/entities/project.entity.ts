import { EntitySchema } from 'typeorm';

export interface ProjectRow {
  id: string;
  name: string;
  kind: 'personal' | 'team';
  createdAt: number;
}

export const ProjectEntity = new EntitySchema<ProjectRow>({
  name: 'project',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_project' },
    name: { type: 'varchar', length: 128 },
    kind: { type: 'varchar', length: 16 },
    createdAt: { type: 'bigint' },
  },
});

export interface ProjectMemberRow {
  projectId: string;
  userId: string;
  role: 'admin' | 'editor' | 'viewer';
}

export const ProjectMemberEntity = new EntitySchema<ProjectMemberRow>({
  name: 'project_member',
  columns: {
    projectId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_project_member',
    },
    userId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_project_member',
    },
    role: { type: 'varchar', length: 16 },
  },
  indices: [{ name: 'ix_project_member_user', columns: ['userId'] }],
  foreignKeys: [
    {
      name: 'fk_project_member_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'fk_project_member_user',
      target: 'user',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
