import { saveRates } from 'millrace-nodes-marketing/stats/content/save-rate';
import { funnelOf } from 'millrace-nodes-marketing/stats/leads/funnel';
import { median } from 'millrace-nodes-marketing/stats/math/describe';
import type { DataFolder, Row } from './data-folder.ts';
import { near, same, type Figure } from './figure.ts';

/** What posts, videos, pages and leads reached. */
export function checkReach(data: DataFolder): Figure[] {
  return [
    ...checkPosts(data),
    ...checkVideos(data),
    ...checkClips(data),
    ...checkPageViews(data),
    ...checkLeads(data),
  ];
}

function checkPosts(data: DataFolder): Figure[] {
  const rows = data.rows('instagram_posts_saves.csv');
  const posts = rows.map(({ Impressions, Saves }) => ({
    reach: Number(Impressions),
    saves: Number(Saves),
  }));
  const { rate, medianPost } = saveRates(posts);
  const sum = (of: (post: (typeof posts)[number]) => number) =>
    posts.reduce((total, post) => total + of(post), 0);
  const distinct = new Set(rows.map((row) => JSON.stringify(row))).size;
  return [
    same('instagram/posts', posts.length, data.figure('instagram/posts')),
    same(
      'instagram/impressions',
      sum(({ reach }) => reach),
      data.figure('instagram/impressions'),
    ),
    same(
      'instagram/saves',
      sum(({ saves }) => saves),
      data.figure('instagram/saves'),
    ),
    near('instagram/save_rate', rate, data.figure('instagram/save_rate'), 5e-6),
    near(
      'instagram/median_post_save_rate',
      medianPost,
      data.figure('instagram/median_post_save_rate'),
      5e-6,
    ),
    same('instagram/dup_rows', rows.length - distinct, data.figure('instagram/dup_rows')),
  ];
}

function checkVideos(data: DataFolder): Figure[] {
  const rows = data.rows('youtube_trending_us.csv.gz');
  const videos = [...Map.groupBy(rows, ({ video_id }) => video_id).values()].map((days) =>
    days.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1)),
  );
  const days = videos.map((own) => own.length);
  const growth = videos.map((own) => Number(own.at(-1)?.['views']) / Number(own[0]?.['views']));
  const mean = days.reduce((sum, count) => sum + count, 0) / days.length;
  return [
    same('youtube/rows', rows.length, data.figure('youtube/rows')),
    same('youtube/videos', videos.length, data.figure('youtube/videos')),
    same('youtube/median_days_on_list', median(days), data.figure('youtube/median_days_on_list')),
    near('youtube/mean_days', mean, data.figure('youtube/mean_days'), 5e-4),
    near(
      'youtube/median_view_growth_first_to_last',
      median(growth),
      data.figure('youtube/median_view_growth_first_to_last'),
      5e-4,
    ),
  ];
}

/** `17.14.11` is year, day, month. */
const dayOf = (row: Row): string => {
  const [year, day, month] = (row['trending_date'] ?? '').split('.');
  return `${year}-${month}-${day}`;
};

function checkClips(data: DataFolder): Figure[] {
  const rows = data.rows('tiktok_trending_1000.csv.gz');
  const rate = (column: string) =>
    median(rows.map((row) => Number(row[column]) / Number(row['plays'])));
  return [
    same('tiktok/n', rows.length, data.figure('tiktok/n')),
    near('tiktok/like_rate_median', rate('likes'), data.figure('tiktok/like_rate_median'), 5e-6),
    near('tiktok/share_rate_median', rate('shares'), data.figure('tiktok/share_rate_median'), 5e-7),
    near(
      'tiktok/comment_rate_median',
      rate('comments'),
      data.figure('tiktok/comment_rate_median'),
      5e-7,
    ),
  ];
}

function checkPageViews(data: DataFolder): Figure[] {
  const rows = data.rows('website_daily_views.csv');
  const told = (row: Row | undefined) => `${row?.['Date']} ${Number(row?.['Views'])}`;
  const wanted = (path: string) => data.list(path).join(' ');
  const sum = rows.reduce((total, { Views }) => total + Number(Views), 0);
  return [
    same('website_views/rows', rows.length, data.figure('website_views/rows')),
    same('website_views/first', told(rows[0]), wanted('website_views/first')),
    same('website_views/last', told(rows.at(-1)), wanted('website_views/last')),
    same('website_views/sum', sum, data.figure('website_views/sum')),
  ];
}

function checkLeads(data: DataFolder): Figure[] {
  const leads = data.rows('olist_mql.csv.gz');
  const won = data.rows('olist_closed_deals.csv.gz');
  const first = leads.map((row) => event(row, 'lead', 'first_contact_date'));
  const closed = won.map((row) => event(row, 'won', 'won_date'));
  const [reached, converted] = funnelOf([...first, ...closed], ['lead', 'won'], Infinity);
  return [
    same('olist/mql', reached?.reached ?? 0, data.figure('olist/mql')),
    same('olist/won', converted?.reached ?? 0, data.figure('olist/won')),
  ];
}

const event = (row: Row, name: string, column: string) => ({
  who: row['mql_id'] ?? '',
  name,
  at: Date.parse((row[column] ?? '').replace(' ', 'T')),
});
