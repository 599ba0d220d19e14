import type { ProspectKind } from '../tables/links.ts';

/** What a mail says about one prospect. */
export interface DraftFacts {
  readonly kind: ProspectKind;
  readonly contactName: string | null;
  /** Site that is written to. */
  readonly domain: string;
  /** Page there, when it is known. */
  readonly url: string | null;
  /** Page of ours. */
  readonly targetUrl: string;
  /** What the page is about: `espresso machine`. */
  readonly topic: string;
  readonly ownDomain: string;
  /** Why they are written to. */
  readonly reason: string;
  readonly deadline: number | null;
}

export interface FollowUp {
  readonly afterDays: number;
  readonly body: string;
}

export interface Draft {
  readonly subject: string;
  readonly body: string;
  readonly followUps: readonly FollowUp[];
}

const DAY_MS = 86_400_000;
const FOLLOW_UP_DAYS = [3, 7] as const;

/** The mail and its follow-ups from the templates. Every fact is filled in; nothing is left to fill. */
export function draftMail(facts: DraftFacts, now: number): Draft {
  const { subject, text } = TEMPLATES[facts.kind](facts);
  return {
    subject,
    body: letter(facts, text),
    followUps: FOLLOW_UP_DAYS.filter(
      (days) => facts.deadline === null || now + days * DAY_MS < facts.deadline,
    ).map((afterDays, index) => ({ afterDays, body: letter(facts, followUpText(facts, index)) })),
  };
}

const letter = ({ contactName, ownDomain }: DraftFacts, text: readonly string[]): string =>
  [
    contactName ? `Hello ${contactName},` : 'Hello,',
    ...text,
    `Kind regards\nThe team of ${ownDomain}`,
  ].join('\n\n');

const followUpText = ({ topic, targetUrl }: DraftFacts, index: number): string[] =>
  index === 0
    ? [
        `I wrote to you a few days ago about ${topic}. Did you have a moment to look?`,
        `This is the page: ${targetUrl}`,
      ]
    : [
        `This is my last mail about ${topic}; I do not want to fill your inbox.`,
        `Should it be of use to your readers later, it stays here: ${targetUrl}`,
      ];

type Template = (facts: DraftFacts) => {
  readonly subject: string;
  readonly text: readonly string[];
};

const pageOf = ({ url, domain }: DraftFacts): string => url ?? domain;

const TEMPLATES: Readonly<Record<ProspectKind, Template>> = {
  linkGap: (facts) => ({
    subject: `A source on ${facts.topic} for ${facts.domain}`,
    text: [
      `I read ${pageOf(facts)}, where you name sources on ${facts.topic}.`,
      `We keep a page on the same subject: ${facts.targetUrl}. If it helps your readers, a link to it would be welcome. If something on it is wrong or missing, tell me and we mend it.`,
    ],
  }),
  brokenLink: (facts) => ({
    subject: `A link on ${facts.domain} leads nowhere`,
    text: [
      `On ${pageOf(facts)} one link no longer works. ${facts.reason}.`,
      `We have a page on ${facts.topic} that says the same: ${facts.targetUrl}. You may want to put it there instead; in any case the dead link can go.`,
    ],
  }),
  lostLink: (facts) => ({
    subject: `Your link to our page on ${facts.topic}`,
    text: [
      `Until lately ${pageOf(facts)} linked to ${facts.targetUrl}. The link is gone; was that meant?`,
      `If the page did not say what your readers need, I would be glad to hear what is missing.`,
    ],
  }),
  guestPost: (facts) => ({
    subject: `An article on ${facts.topic} for ${facts.domain}`,
    text: [
      `Your readers ask about ${facts.topic}, and it is what we do every day. May I write an article on it for ${facts.domain}, to your rules and with our own figures?`,
      `This is how we write: ${facts.targetUrl}`,
    ],
  }),
  mention: (facts) => ({
    subject: `Thank you for naming ${facts.ownDomain}`,
    text: [
      `You name us on ${pageOf(facts)}; thank you.`,
      `Would you make the name a link, so that readers find what you speak of? ${facts.targetUrl}`,
    ],
  }),
  journalist: (facts) => ({
    subject: `Your question on ${facts.topic}`,
    text: [
      `${facts.reason}.`,
      `We work with ${facts.topic} every day and have written down what we know: ${facts.targetUrl}. You may quote from it and name ${facts.ownDomain} as the source.`,
      `I answer further questions by return of mail, before your deadline.`,
    ],
  }),
};
