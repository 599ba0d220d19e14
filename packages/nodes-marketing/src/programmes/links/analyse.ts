import { createGapFinder } from '../../backlinks/find-gaps.ts';
import { profileLinks } from '../../backlinks/profile-links.ts';
import { writeQuality } from '../../backlinks/write-quality.ts';
import {
  fromBrokenLinks,
  fromGaps,
  fromLostLinks,
  fromQueries,
} from '../../outreach-plan/find-prospects.ts';
import type { Prospect } from '../../outreach-plan/prospect.ts';
import { settleThreads } from '../../outreach-plan/settle-threads.ts';
import type { LinkGap } from '../../stats/links/link-gap.ts';
import { backlinks, type BacklinkRow } from '../../tables/links.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { readOwnSite, type OwnSite } from './own-site.ts';
import { openQueries } from './queries.ts';
import { storeProspects } from './store-prospects.ts';

const PAGE = 2000;
/** More gaps than people can write to in a year are not kept. */
const MOST_GAPS = 500;

/** Judges every link, profiles our own, and finds everybody who might link to us. */
export async function analyse(context: ProgrammeContext): Promise<Figures> {
  const { tables, now } = context;
  const settled = await settleThreads(tables);
  const site = await readOwnSite(tables);
  const found = await readLinks(context, site);
  const { figures, queries } = await openQueries(context);
  const { facts } = site;
  const best = strongestPerSite([
    ...fromLostLinks(found.lost, facts),
    ...fromBrokenLinks(found.broken, facts),
    ...fromGaps(found.gaps.slice(0, MOST_GAPS), found.examples, facts),
  ]);
  const asked = fromQueries(queries, facts);
  const stored = await storeProspects(tables, [...best, ...asked], now());
  const profile = profileLinks(found.own, facts.judge, { now: now() });
  return {
    links: profile.links,
    linkingDomains: profile.domains,
    newLinks: profile.newLinks,
    lostLinks: profile.lostLinks,
    toxicLinks: profile.toxicLinks,
    ...(profile.followShare !== null && { followShare: profile.followShare }),
    ...(profile.anchorConcentration !== null && {
      anchorConcentration: profile.anchorConcentration,
    }),
    ...(profile.meanQuality !== null && { meanLinkQuality: profile.meanQuality }),
    linkGaps: found.gaps.length,
    brokenLinks: found.broken.length,
    threadsStopped: settled,
    ...figures,
    opportunities: stored,
  };
}

interface LinkFindings {
  readonly own: readonly BacklinkRow[];
  readonly lost: readonly BacklinkRow[];
  readonly broken: readonly BacklinkRow[];
  readonly gaps: readonly LinkGap[];
  /** For each site, a link of its that shows why it was found. */
  readonly examples: ReadonlyMap<string, BacklinkRow>;
}

/** Goes through all links once: a project may have hundreds of thousands, most of them to others. */
async function readLinks(
  { tables, signal, logger }: ProgrammeContext,
  { own, rivals, facts }: OwnSite,
): Promise<LinkFindings> {
  if (own.size === 0)
    logger.warn('No site is marked as your own: links to it cannot be told from those to others');
  const gaps = createGapFinder({ own, rivals, judge: facts.judge });
  const ours: BacklinkRow[] = [];
  const broken: BacklinkRow[] = [];
  const examples = new Map<string, BacklinkRow>();
  for await (const page of tables.open(backlinks).pages({ size: PAGE })) {
    signal.throwIfAborted();
    await writeQuality(tables, page, facts.judge);
    for (const link of page) {
      gaps.add(link);
      if (own.has(link.toDomain)) ours.push(link);
      else {
        if (!examples.has(link.fromDomain)) examples.set(link.fromDomain, link);
        if (link.brokenSince !== null && link.lostAt === null) broken.push(link);
      }
    }
  }
  const live = new Set(ours.flatMap((link) => (link.lostAt === null ? link.fromDomain : [])));
  return {
    own: ours,
    lost: ours.filter(({ lostAt, fromDomain }) => lostAt !== null && !live.has(fromDomain)),
    broken,
    gaps: own.size === 0 ? [] : gaps.find(),
    examples,
  };
}

/** The same site is asked for one thing only: the first of the list. */
const strongestPerSite = (prospects: readonly Prospect[]): Prospect[] => [
  ...new Map(prospects.toReversed().map((each) => [each.domain, each])).values(),
];
