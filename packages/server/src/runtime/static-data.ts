import { StaticDataEntity, type Database } from '../db/index.ts';

type Data = Record<string, unknown>;

/** The live static data of one workflow during one execution. */
export interface StaticData {
  get(scope: 'global' | { readonly node: string }): Data;
  /** Stores what changed. */
  save(now: number): Promise<void>;
}

/** Loads what a workflow's nodes kept from earlier executions (n8n-facts A12.60). */
export async function loadStaticData(db: Database, workflowId: string): Promise<StaticData> {
  const repository = db.source.getRepository(StaticDataEntity);
  const rows = await repository.findBy({ workflowId });
  const stored = new Map(rows.map(({ scope, data }) => [scope, data]));
  const live = new Map<string, Data>();

  return {
    get(scope) {
      const key = scope === 'global' ? 'global' : `node:${scope.node}`;
      const data: Data = live.get(key) ?? JSON.parse(stored.get(key) ?? '{}');
      live.set(key, data);
      return data;
    },
    async save(updatedAt) {
      const changed = [...live]
        .map(([scope, value]) => ({ workflowId, scope, data: JSON.stringify(value), updatedAt }))
        .filter(({ scope, data }) => data !== (stored.get(scope) ?? '{}'));
      if (!changed.length) return;
      await db.transaction((manager) =>
        manager.getRepository(StaticDataEntity).upsert(changed, ['workflowId', 'scope']),
      );
    },
  };
}

/** For workflows whose nodes cannot reach it: kept until the execution ends. */
export function unsavedStaticData(): StaticData {
  const live = new Map<string, Data>();
  return {
    get(scope) {
      const key = scope === 'global' ? 'global' : `node:${scope.node}`;
      const data = live.get(key) ?? {};
      live.set(key, data);
      return data;
    },
    save: async () => undefined,
  };
}
