import type { RouteRecordRaw } from 'vue-router';

/** The pages of the marketing group. */
export const marketingRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/marketing',
    name: 'marketing-overview',
    component: () => import('./overview/OverviewPage.vue'),
  },
  {
    path: '/marketing/keywords',
    name: 'marketing-keywords',
    component: () => import('./keywords/KeywordsPage.vue'),
  },
  {
    path: '/marketing/trends',
    name: 'marketing-trends',
    component: () => import('./trends/TrendsPage.vue'),
  },
  {
    path: '/marketing/calendar',
    name: 'marketing-calendar',
    component: () => import('./calendar/CalendarPage.vue'),
  },
  {
    path: '/marketing/outreach',
    name: 'marketing-outreach',
    component: () => import('./outreach/OutreachPage.vue'),
  },
  {
    path: '/marketing/campaigns',
    name: 'marketing-campaigns',
    component: () => import('./campaigns/CampaignsPage.vue'),
  },
  {
    path: '/marketing/programmes',
    name: 'marketing-programmes',
    component: () => import('./programmes/ProgrammesPage.vue'),
  },
];
