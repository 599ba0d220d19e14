import { run, type Run } from './first-go.ts';
import { campaignLessons, type Design } from './learning-campaigns.ts';
import { linkLessons } from './learning-links.ts';
import { seoLessons } from './learning-seo.ts';
import type { ShowLine } from './show-line.ts';
import type { Shop } from './shop.ts';

/** What a programme learned and what its next plan made of it, in words and as a line of the table. */
export interface Lessons {
  readonly line: ShowLine;
  readonly told: readonly string[];
}

/** How outcomes come in, six weeks on, and change what is planned next. */
export async function learnFrom(shop: Shop, designs: readonly Design[]) {
  const seo = await seoLessons(shop);
  const learned: Run = await run(shop, 'links');
  const links = await linkLessons(shop);
  const campaigns = await campaignLessons(shop, designs);
  return { links: learned, lessons: [seo, links, campaigns] };
}
