import type { ProspectKind } from '../tables/links.ts';

/** What a page is about, from its address: `https://shop.example/espresso-machine/3` → `espresso machine`. */
export function topicOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname, pathname } = new URL(url);
  const parts = pathname
    .split('/')
    .map((part) =>
      part
        .replace(/\.\w+$/, '')
        .replaceAll(/[-_+]+|%20/g, ' ')
        .trim(),
    )
    .filter((part) => /\p{L}/u.test(part));
  return parts.at(-1) ?? hostname;
}

/** A campaign asks one kind of site for links to pages on one topic, in one month. */
export const campaignOf = (kind: ProspectKind, topic: string, now: number): string =>
  `${CAMPAIGNS[kind]}: ${topic}, ${new Date(now).toISOString().slice(0, 7)}`;

const CAMPAIGNS: Readonly<Record<ProspectKind, string>> = {
  linkGap: 'Link gap',
  guestPost: 'Guest posts',
  brokenLink: 'Broken links',
  lostLink: 'Lost links',
  mention: 'Mentions',
  journalist: 'Journalists',
};
