import type { NewRow, Tables } from '@millrace/workflow/node-api';
import { getDomain } from 'tldts';
import { backlinks, domains } from '../../tables/links.ts';
import { importShape, type ImportShape } from '../import-shape.ts';

interface Link {
  readonly row: NewRow<typeof backlinks>;
  /** Strength of the linking domain, where the file tells it. */
  readonly authority: number | undefined;
}

const FROM = ['referring page url', 'source url', 'url_from', 'fromurl', 'from', 'linking page'];
const TO = ['target url', 'url_to', 'tourl', 'to', 'target page', 'link url'];

/** Backlink exports of Ahrefs, Semrush, DataForSEO and Search Console, and our own. */
export const backlinkShape: ImportShape = importShape<Link>({
  source: 'backlinks',
  target: 'backlinks',
  needs: [FROM, TO],
  read({ text, number, time, truth, has }) {
    const [from, to, anchor] = [text(...FROM), text(...TO), text('anchor', 'anchor text')];
    const kinds = {
      sponsored: truth('sponsored'),
      ugc: truth('ugc', 'user generated'),
      nofollow: truth('nofollow'),
    };
    const follow = truth('dofollow');
    const outlinks = number('external links', 'page_from_external_links', 'outlinks');
    const authority = number('domain rating', 'page ascore', 'domain_from_rank', 'authority');
    const firstSeen = time('first seen', 'first_seen', 'firstseen', 'last crawled');
    const lastSeen = time('last seen', 'last_seen', 'lastseen');
    const lostAt = time('lost', 'lost date', 'lostat');
    return (cells) => {
      const [fromUrl, toUrl] = [from(cells), to(cells)];
      const fromDomain = getDomain(fromUrl ?? '');
      const toDomain = getDomain(toUrl ?? '');
      if (!fromUrl || !fromDomain) return { problem: `“${fromUrl ?? ''}” is no page that links` };
      if (!toUrl || !toDomain) return { problem: `“${toUrl ?? ''}” is no page to link to` };
      const said = (['sponsored', 'ugc', 'nofollow'] as const).find((kind) => kinds[kind](cells));
      const isFollowed = !has('dofollow') || follow(cells) === true;
      const row: Link['row'] = {
        fromUrl,
        fromDomain,
        toUrl,
        toDomain,
        rel: said ?? (isFollowed ? 'follow' : 'nofollow'),
        anchor: anchor(cells) ?? null,
        outlinks: outlinks(cells) ?? null,
        firstSeen: firstSeen(cells) ?? null,
        lastSeen: lastSeen(cells) ?? null,
        lostAt: lostAt(cells) ?? null,
      };
      return { row, authority: authority(cells) };
    };
  },
  write: writeLinks,
});

async function writeLinks(tables: Tables, links: readonly Link[]): Promise<number> {
  const known = new Map(links.map(({ row, authority }) => [row.fromDomain, authority]));
  const rated = [...known].flatMap(([name, authority]) =>
    authority === undefined ? [] : { name, authority, authoritySource: 'import' },
  );
  await tables.open(domains).upsertMany(rated, { by: ['name'] });
  const store = tables.open(backlinks);
  return store.upsertMany(
    links.map(({ row }) => row),
    { by: ['fromUrl', 'toUrl'] },
  );
}
