import { defineNode } from '@millrace/workflow/node-api';
import { checkPosts } from './operations/check-posts.ts';
import { getCreator } from './operations/get-creator.ts';
import { postVideo } from './operations/post-video.ts';
import { tiktokPosterIcon } from './tiktok-poster.icon.ts';

export default defineNode({
  name: 'millrace-nodes-marketing.tiktokPoster',
  label: 'TikTok Poster',
  description: 'Posts videos to TikTok, as drafts or directly, once each and within the quota',
  version: 1,
  group: ['marketing'],
  icon: tiktokPosterIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: { categories: ['Marketing', 'Social'], alias: ['tiktok', 'video', 'social', 'post'] },
  credentials: [{ name: 'tiktokOAuth2Api', required: true }],
  operations: {
    'video.post': postVideo,
    'video.check': checkPosts,
    'creator.get': getCreator,
  },
});
