import type { RetentionRules, WorkflowRetention } from '@millrace/api';
import { Like } from 'typeorm';
import { SettingEntity, type Database } from '../../db/index.ts';

/** What is kept while nobody has said anything: a month, without other limits. */
export const DEFAULT_RULES: RetentionRules = { maxAgeDays: 30, maxCount: null, maxSizeMb: null };

const KEY = 'retention';
const OF_WORKFLOW = `${KEY}:`;

/** The rules as settings: one row for the instance, one for each workflow with its own. */
export function createRetentionRules(db: Database) {
  const table = () => db.source.getRepository(SettingEntity);
  const write = (key: string, rules: object) =>
    db.transaction((manager) =>
      manager.upsert(SettingEntity, { key, value: JSON.stringify(rules) }, ['key']),
    );

  return {
    async instance(): Promise<RetentionRules> {
      const row = await table().findOneBy({ key: KEY });
      return row ? { ...DEFAULT_RULES, ...JSON.parse(row.value) } : DEFAULT_RULES;
    },
    async byWorkflow(): Promise<ReadonlyMap<string, WorkflowRetention>> {
      const rows = await table().findBy({ key: Like(`${OF_WORKFLOW}%`) });
      return new Map(
        rows.map(({ key, value }) => [key.slice(OF_WORKFLOW.length), JSON.parse(value)]),
      );
    },
    async save(rules: RetentionRules): Promise<void> {
      await write(KEY, rules);
    },
    async saveFor(workflowId: string, rules: WorkflowRetention): Promise<void> {
      await write(OF_WORKFLOW + workflowId, rules);
    },
    async removeFor(workflowId: string): Promise<void> {
      await db.transaction((manager) =>
        manager.delete(SettingEntity, { key: OF_WORKFLOW + workflowId }),
      );
    },
  };
}
