import type { LlmPrice, LlmPriceInput } from '@millrace/api';
import type { LlmUsage } from '@millrace/workflow/ports';
import { NotFoundError } from '@millrace/workflow/errors';
import { LessThanOrEqual } from 'typeorm';
import { LlmPriceEntity, newId, type Database, type LlmPriceRow } from '../../db/index.ts';
import { ConflictError } from '../../platform/index.ts';

const MILLION = 1_000_000;

export type PriceService = ReturnType<typeof createPriceService>;

/** What models cost. Prices are the operator's data: they change monthly and we ship none. */
export function createPriceService(db: Database, now: () => number = Date.now) {
  const rows = db.source.getRepository(LlmPriceEntity);

  const priceAt = async (model: string, at: number) =>
    rows.findOne({
      where: { model, validFrom: LessThanOrEqual(at) },
      order: { validFrom: 'DESC' },
    });

  return {
    /** US dollars; `null` when the price of the model is not known. */
    async costOf(model: string, usage: LlmUsage): Promise<number | null> {
      const price = (await priceAt(model, now())) ?? (await priceAt(undated(model), now()));
      return price && costAt(price, usage);
    },

    async list(): Promise<{ data: LlmPrice[] }> {
      const found = await rows.find({ order: { model: 'ASC', validFrom: 'DESC' } });
      return { data: found.map(toPrice) };
    },

    async create({ model, input, output, cached, validFrom }: LlmPriceInput): Promise<LlmPrice> {
      const from = validFrom === undefined ? now() : Date.parse(validFrom);
      const row = {
        id: newId(now()),
        model,
        input,
        output,
        cached: cached ?? null,
        validFrom: from,
      };
      await db.transaction(async (manager) => {
        if (await manager.existsBy(LlmPriceEntity, { model, validFrom: from })) {
          throw new ConflictError(
            `"${model}" has a price from that moment already`,
            'Delete it first, or choose another moment',
          );
        }
        await manager.insert(LlmPriceEntity, row);
      });
      return toPrice(row);
    },

    async remove(id: string): Promise<void> {
      const { affected } = await db.transaction((manager) =>
        manager.delete(LlmPriceEntity, { id }),
      );
      if (affected !== 1) throw new NotFoundError('price', id);
    },
  };
}

function costAt(
  { input, output, cached }: LlmPriceRow,
  { inputTokens, outputTokens, cachedTokens }: LlmUsage,
): number {
  const fresh = inputTokens - cachedTokens;
  return (fresh * input + cachedTokens * (cached ?? input) + outputTokens * output) / MILLION;
}

/** Services answer for a name with the name of a snapshot, such as `name-2026-08-06` or `name-20260806`. */
const undated = (model: string) => model.replace(/-\d{4}-?\d{2}-?\d{2}$/, '');

const toPrice = (row: LlmPriceRow): LlmPrice => ({
  ...row,
  validFrom: new Date(Number(row.validFrom)).toISOString(),
});
