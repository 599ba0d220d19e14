import { LessThan } from 'typeorm';
import { OAuth2RenewalEntity, type Database } from '../../db/index.ts';

const HOLD_MS = 60_000;

/** Lets one process at a time renew the tokens of a credential. A holder that dies loses it by time. */
export function createRenewalLease(db: Database, now: () => number) {
  const rows = db.source.getRepository(OAuth2RenewalEntity);

  return {
    /** False when somebody else holds it. */
    async take(credentialId: string, owner: string): Promise<boolean> {
      const lease = { owner, until: now() + HOLD_MS };
      await db.transaction(async (manager) => {
        await manager
          .createQueryBuilder()
          .insert()
          .into(OAuth2RenewalEntity)
          .values({ credentialId, ...lease })
          .orIgnore()
          .execute();
        await manager.update(OAuth2RenewalEntity, { credentialId, until: LessThan(now()) }, lease);
      });
      return (await rows.countBy({ credentialId, owner })) === 1;
    },

    async release(credentialId: string, owner: string): Promise<void> {
      await db.transaction((manager) =>
        manager.delete(OAuth2RenewalEntity, { credentialId, owner }),
      );
    },
  };
}
