import { conflictLines } from './conflict.ts';
import { firstGo, foundLines } from './first-go.ts';
import { approveDesigns } from './learning-campaigns.ts';
import { learnFrom } from './learning.ts';
import { connectMail } from './mailboxes.ts';
import { outreachLines } from './outreach-lines.ts';
import { carryOut } from './outreach.ts';
import { plantedLines } from './planted-lines.ts';
import { openShop } from './shop.ts';
import type { ShowLine } from './show-line.ts';

/** A Monday, an hour into the office hours of the outreach template. */
const START = Date.UTC(2026, 10, 23, 10);

export interface Shows {
  readonly lines: readonly ShowLine[];
  /** Which learning changed what. */
  readonly lessons: readonly string[];
}

/**
 * Shows what the marketing package does with its sample data, in a Millrace of its own: six weeks of an
 * invented shop, by the routes, templates and mailboxes a person uses.
 *
 * @param scale - Of the sample data; 1 is its full size.
 */
export async function show(scale: number): Promise<Shows> {
  const shop = await openShop(START);
  try {
    const go = await firstGo(shop, scale);
    const found = await foundLines(shop, go, scale);
    const planted = await plantedLines(shop, go, { scale, now: START });
    const designs = await approveDesigns(shop);
    const conflict = await conflictLines(shop);
    const mail = await connectMail(shop);
    try {
      const outreach = await carryOut(shop, mail, START);
      const { links, lessons } = await learnFrom(shop, designs);
      return {
        lines: [
          ...found,
          ...planted,
          ...(await outreachLines(shop, outreach, links)),
          ...lessons.map(({ line }) => line),
          ...conflict,
        ],
        lessons: lessons.flatMap(({ told }) => told),
      };
    } finally {
      await mail.close();
    }
  } finally {
    await shop.close();
  }
}
